using System.IO.Compression;
using Nats.Consumer.Analyzers.Hygiene;
using Nats.Consumer.Analyzers.Packaging;

namespace Nats.Consumer.Templates.Packing;

/// <summary>The package as it is made: every file, those that begin with a dot, too, and its own version in all templates.</summary>
public sealed class PackageTests : IDisposable
{
    private const string Version = "1.2.3-check";

    private readonly string _folder = Directory.CreateTempSubdirectory("nats-templates-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Package_HasEveryFileAndItsVersion()
    {
        using ZipArchive package = await PackAsync();
        PackageChecks.Problems(package, Version).ShouldBeEmpty();
        package.GetEntry("PACKAGE.md").ShouldNotBeNull();
        using var nuspec = new StreamReader(package.GetEntry("Nats.Consumer.Templates.nuspec")!.Open());
        string metadata = await nuspec.ReadToEndAsync(TestContext.Current.CancellationToken);
        metadata.ShouldContain("<packageType name=\"Template\" />");
        metadata.ShouldNotContain("<dependency ");

        // The checks themselves.
        PackageChecks.Problems(package, "1.2.4").ShouldContain(problem => problem.Contains("nats-worker/.template.config/template.json", StringComparison.Ordinal));
        Without(package, "content/nats-worker/common/.gitignore");
    }

    /// <summary>What the package would be without one line of its project: the check is not one that is always green.</summary>
    [Fact]
    [Trait("Category", "Long")]
    public async Task PackageWithoutItsDotfiles_IsNoticed()
    {
        using ZipArchive package = await PackAsync("NoDefaultExcludes=false", "TreatWarningsAsErrors=false");
        string problems = string.Join('\n', PackageChecks.Problems(package, Version));
        problems.ShouldContain("nats-worker/common/.gitignore is not in the package.");
        problems.ShouldContain("nats-worker/docker/.dockerignore is not in the package.");
    }

    private async Task<ZipArchive> PackAsync(params string[] properties)
    {
        var (code, output) = await Dotnet.RunAsync(
            Repository.Root, ["msbuild", .. properties.Select(property => $"-p:{property}"), Path.Combine("templates", "Nats.Consumer.Templates.csproj"), "-t:Pack", "-v:m", "-p:NoBuild=true", $"-p:Configuration={new DirectoryInfo(AppContext.BaseDirectory).Name}",
            $"-p:PackageVersion={Version}", $"-p:PackageOutputPath={_folder}", $"-p:IntermediateOutputPath={_folder}/obj/"]);
        code.ShouldBe(0, output);
        return await ZipFile.OpenAsync(Directory.GetFiles(_folder, "*.nupkg").ShouldHaveSingleItem(), ZipArchiveMode.Read, TestContext.Current.CancellationToken);
    }

    private void Without(ZipArchive package, string entry)
    {
        string copy = Path.Combine(_folder, "mutated.zip");
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
        PackageChecks.Problems(mutated, Version).ShouldBe([$"{entry["content/".Length..]} is not in the package."]);
    }
}
