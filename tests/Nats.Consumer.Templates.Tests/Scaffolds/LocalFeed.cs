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

    public static string Folder { get; } = Path.Combine(Workbench.Root, "feed");

    /// <summary>The templates.</summary>
    public static string Templates { get; } = Path.Combine(Folder, $"Nats.Consumer.Templates.{Version}.nupkg");

    /// <summary>What the templates would be without one line of their project.</summary>
    public static string WithoutDotfiles { get; } = Path.Combine(Workbench.Root, "mutated", Path.GetFileName(Templates));

    public static async Task PackAsync()
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        string properties = $"Configuration={configuration};NoBuild=true;PackageVersion={Version}";
        string pack = Path.Combine(Folder, "pack.proj");
        await File.WriteAllTextAsync(pack, $"""
            <Project>
              <ItemGroup>
                <Packed Include="{string.Join(';', Projects.Select(project => Path.Combine(Repository.Root, project, "*.csproj")))}" />
              </ItemGroup>
              <Target Name="Pack">
                <MSBuild Projects="@(Packed)" Targets="Pack" Properties="{properties};PackageOutputPath={Folder}" BuildInParallel="true" />
                <MSBuild Projects="{Path.Combine(Repository.Root, "templates", "Nats.Consumer.Templates.csproj")}" Targets="Pack"
                  Properties="{properties};PackageOutputPath={Path.GetDirectoryName(WithoutDotfiles)};NoDefaultExcludes=false;TreatWarningsAsErrors=false" />
              </Target>
            </Project>
            """);
        var (code, output) = await Dotnet.RunAsync(Workbench.Root, "msbuild", pack, "-t:Pack", "-v:m", "-m");
        code.ShouldBe(0, output);
        Directory.GetFiles(Folder, "*.nupkg").Length.ShouldBe(Projects.Length);
    }
}
