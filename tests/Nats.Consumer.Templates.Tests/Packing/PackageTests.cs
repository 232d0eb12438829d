using System.IO.Compression;
using Nats.Consumer.Templates.Scaffolds;

namespace Nats.Consumer.Templates.Packing;

/// <summary>The package as it is made: every file, those that begin with a dot, too, and its own version in all templates.</summary>
public sealed class PackageTests : WorkbenchTests
{
    [Fact]
    public async Task Package_HasEveryFileAndItsVersion()
    {
        using ZipArchive package = await OpenAsync(LocalFeed.Templates);
        PackageChecks.Problems(package, LocalFeed.Version).ShouldBeEmpty();
        package.GetEntry("PACKAGE.md").ShouldNotBeNull();
        using var nuspec = new StreamReader(package.GetEntry("Nats.Consumer.Templates.nuspec")!.Open());
        string metadata = await nuspec.ReadToEndAsync(TestContext.Current.CancellationToken);
        metadata.ShouldContain("<packageType name=\"Template\" />");
        metadata.ShouldNotContain("<dependency ");

        // The checks themselves.
        PackageChecks.Problems(package, "1.2.4").ShouldContain(problem => problem.Contains("nats-worker/.template.config/template.json", StringComparison.Ordinal));
        Without(package, "content/nats-worker/common/.gitignore");
    }

    /// <summary>The check is not one that is always green.</summary>
    [Fact]
    public async Task PackageWithoutItsDotfiles_IsNoticed()
    {
        using ZipArchive package = await OpenAsync(LocalFeed.WithoutDotfiles);
        string problems = string.Join('\n', PackageChecks.Problems(package, LocalFeed.Version));
        problems.ShouldContain("nats-worker/common/.gitignore is not in the package.");
        problems.ShouldContain("nats-worker/docker/.dockerignore is not in the package.");
    }

    private static Task<ZipArchive> OpenAsync(string package) => ZipFile.OpenAsync(package, ZipArchiveMode.Read, TestContext.Current.CancellationToken);

    private static void Without(ZipArchive package, string entry)
    {
        string copy = Path.Combine(Workbench.Root, "mutated", "without.zip");
        using (var target = ZipFile.Open(copy, ZipArchiveMode.Create))
        {
            foreach (ZipArchiveEntry kept in package.Entries.Where(kept => kept.FullName != entry))
            {
                using Stream from = kept.Open();
                using Stream to = target.CreateEntry(kept.FullName).Open();
                from.CopyTo(to);
            }
        }

        using ZipArchive mutated = ZipFile.OpenRead(copy);
        PackageChecks.Problems(mutated, LocalFeed.Version).ShouldBe([$"{entry["content/".Length..]} is not in the package."]);
    }
}
