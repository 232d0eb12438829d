using Nats.Consumer.Analyzers.Hygiene;

namespace Nats.Consumer.Analyzers.Packaging;

/// <summary>
/// Our packages, packed once for all tests into a feed on disk, from what was built for these tests. What is restored from it lies beside it: a package of the same
/// version that was restored before would be taken instead.
/// </summary>
internal static class Feed
{
    private static readonly string[] Projects = ["Nats.Consumer.Client", "Nats.Consumer.InMemory", "Nats.Consumer.Analyzers.CodeFixes", "Nats.Consumer.Runtime"];

    private static readonly Lazy<Task> Packing = new(PackAsync);

    public static string Root { get; } = Path.Combine(Repository.Root, "artifacts", "package-tests");

    public static string Folder { get; } = Path.Combine(Root, "feed");

    public static string Restored { get; } = Path.Combine(Root, "packages");

    public static Task ReadyAsync() => Packing.Value;

    private static async Task PackAsync()
    {
        if (Directory.Exists(Root))
            Directory.Delete(Root, recursive: true);
        Directory.CreateDirectory(Folder);
        // One run for all, and nothing is compiled again: the test's own folder says how it was built.
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        string pack = Path.Combine(Root, "pack.proj");
        await File.WriteAllTextAsync(pack, $"""
            <Project>
              <Target Name="Pack">
                <MSBuild Projects="{string.Join(';', Projects.Select(project => Path.Combine(Repository.Root, "src", project, $"{project}.csproj")))}" Targets="Pack"
                         Properties="Configuration={configuration};NoBuild=true;PackageOutputPath={Folder}" BuildInParallel="true" />
              </Target>
            </Project>
            """);
        var (code, output) = await Dotnet.RunAsync(Root, "msbuild", pack, "-t:Pack", "-v:m");
        code.ShouldBe(0, output);
    }
}
