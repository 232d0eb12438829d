using Nats.Consumer.Analyzers.Hygiene;
using Nats.Consumer.Analyzers.Packaging;

namespace Nats.Consumer.Templates.Scaffolds;

/// <summary>Our packages, from what was built for these tests, under a version that nobody has in a cache.</summary>
internal static class LocalFeed
{
    private static readonly string[] Projects =
    [
        "src/Nats.Consumer.Client", "src/Nats.Consumer.InMemory", "src/Nats.Consumer.Analyzers.CodeFixes", "src/Nats.Consumer.Runtime", "src/Nats.Consumer.Testing", "templates",
    ];

    public static string Version { get; } = $"0.1.0-t{DateTime.UtcNow:MMddHHmmss}";

    public static async Task PackAsync(string folder)
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        string pack = Path.Combine(folder, "pack.proj");
        await File.WriteAllTextAsync(pack, $"""
            <Project>
              <ItemGroup>
                <Packed Include="{string.Join(';', Projects.Select(project => Path.Combine(Repository.Root, project, "*.csproj")))}" />
              </ItemGroup>
              <Target Name="Pack">
                <MSBuild Projects="@(Packed)" Targets="Pack" Properties="Configuration={configuration};NoBuild=true;PackageOutputPath={folder};PackageVersion={Version}" BuildInParallel="true" />
              </Target>
            </Project>
            """);
        var (code, output) = await Dotnet.RunAsync(Path.GetDirectoryName(folder)!, "msbuild", pack, "-t:Pack", "-v:m");
        code.ShouldBe(0, output);
        Directory.GetFiles(folder, "*.nupkg").Length.ShouldBe(Projects.Length);
    }
}
