using System.Xml.Linq;
using Nats.Consumer.Analyzers.Hygiene;
using Nats.Consumer.Analyzers.Packaging;

namespace Nats.Consumer.Templates.Scaffolds;

/// <summary>
/// All scaffolds, made once and built together for all tests, as a user makes them: the templates are installed from a package, into a folder of templates and with a folder of packages of their own.
/// It lies under artifacts/template-tests and is left there, to be looked at.
/// </summary>
public sealed class Workbench : IAsyncLifetime
{
    /// <summary>What the strictest of users would set for all projects, on top of what scaffolds bring along.</summary>
    private static readonly string[] Strict =
    [
        "-p:TreatWarningsAsErrors=true", "-p:AnalysisLevel=latest-recommended", "-p:EnforceCodeStyleInBuild=true", "-p:GenerateDocumentationFile=true", "-p:NoWarn=CS1591%3BCA1707%3BNETSDK1188", "-p:NuGetAudit=false",
    ];

    private readonly Dictionary<string, string> _printed = [];

    internal static string Root { get; } = Path.Combine(Repository.Root, "artifacts", "template-tests");

    internal ItemProjects Items { get; } = new();

    /// <summary>What the build said.</summary>
    internal string BuildOutput { get; private set; } = "";

    /// <summary>What a scenario was made of at first, by path.</summary>
    internal Dictionary<string, SortedDictionary<string, string>> Files { get; } = [];

    /// <summary>What <c>dotnet new</c> printed for a scenario.</summary>
    internal string Printed(string id) => _printed[id];

    internal static string FolderOf(Scenario scenario) => Path.Combine(Root, "work", scenario.Id, scenario.Name);

    public async ValueTask InitializeAsync()
    {
        if (Directory.Exists(Root))
            Directory.Delete(Root, recursive: true);
        Write("feed/.keep", "");
        WriteSurroundings();
        await LocalFeed.PackAsync(Path.Combine(Root, "feed"));
        await InstallAsync();

        // What has no need of packages first: restoring that fills the folder of packages, from the local feed alone, and from then on nothing is asked of any registry.
        ILookup<bool, Scenario> central = Scenario.All.ToLookup(scenario => scenario.Has("cpm") && !scenario.Has("tests"));
        await Parallel.ForEachAsync(central[false], new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (scenario, _) => await MakeAsync(scenario));
        ItemProjects.Write();
        await RestoreAsync([.. central[false].SelectMany(ProjectsOf), .. Items.Restored]);
        await Parallel.ForEachAsync(central[true], new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (scenario, _) => await MakeAsync(scenario));
        await Items.MakeAsync();
        (_, BuildOutput) = await Dotnet.RunAsync(Root, ["build", WriteSolution([.. Scenario.All.SelectMany(ProjectsOf), .. Items.Restored]), "-v:m", "-p:UseSharedCompilation=true", .. Strict]);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Runs <c>dotnet new</c> with the templates.</summary>
    internal static Task<(int ExitCode, string Output)> NewAsync(string folder, params string[] arguments) =>
        Dotnet.RunAsync(folder, ["new", .. arguments, "--debug:custom-hive", Path.Combine(Root, "hive")]);

    internal static void Write(string path, string text)
    {
        string full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    /// <summary>The lines of the build that complain, of projects in a folder; of all without one.</summary>
    internal IEnumerable<string> Complaints(string folder = "") => BuildOutput.Split('\n')
        .Where(line => (line.Contains(": error ", StringComparison.Ordinal) || line.Contains(": warning ", StringComparison.Ordinal)) && line.Contains(folder, StringComparison.Ordinal)).Distinct();

    // What other folders above say must not count here, and the packages of the machine are taken as they are.
    private static void WriteSurroundings()
    {
        foreach (string file in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"])
            Write(file, "<Project />\n");
        Write(".editorconfig", "root = true\n\n[*.cs]\ndotnet_diagnostic.IDE0005.severity = warning\ndotnet_diagnostic.IDE0161.severity = warning\n");
        Write(".globalconfig", "is_global = true\ndotnet_diagnostic.IDE0005.severity = warning\n");
        Write("work/central/Directory.Packages.props", """
            <Project>
              <PropertyGroup>
                <ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally>
              </PropertyGroup>
              <ItemGroup>
              </ItemGroup>
            </Project>

            """);
        Write("work/alone-cpm/Directory.Packages.props", File.ReadAllText(Path.Combine(Root, "work/central/Directory.Packages.props")));
        Write("NuGet.config", $"""
            <configuration>
              <config>
                <add key="globalPackagesFolder" value="{Path.Combine(Root, "packages")}" />
              </config>
              <packageSources>
                <add key="feed" value="{Path.Combine(Root, "feed")}" />
              </packageSources>
              <fallbackPackageFolders>
                <add key="restored" value="{File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "packages.txt")).Trim()}" />
              </fallbackPackageFolders>
            </configuration>

            """);
    }

    // An invalid template is left out by the engine, with exit code 0: what it prints counts.
    private static async Task InstallAsync()
    {
        var (code, output) = await NewAsync(Root, "install", Path.Combine(Root, "feed", $"Nats.Consumer.Templates.{LocalFeed.Version}.nupkg"), "-v", "diag");
        code.ShouldBe(0, output);
        foreach (string name in (string[])["nats-worker", "nats-handler", "nats-consumer", "nats-file"])
            output.ShouldContain($" {name} ");
        output.ShouldNotContain("Error", Case.Sensitive);
        output.ShouldNotContain("[LOC");
    }

    private async Task MakeAsync(Scenario scenario)
    {
        string folder = Path.GetDirectoryName(FolderOf(scenario))!;
        Directory.CreateDirectory(folder);
        var (code, output) = await NewAsync(folder, ["nats-worker", "-n", scenario.Name, "--no-restore", "--no-update-check", .. scenario.Options.SelectMany(option => option.Arguments)]);
        code.ShouldBe(0, output);
        lock (_printed)
        {
            _printed[scenario.Id] = output;
            Files[scenario.Id] = Snapshot.Read(FolderOf(scenario));
        }
    }

    private static async Task RestoreAsync(IReadOnlyList<string> projects)
    {
        var (code, output) = await Dotnet.RunAsync(Root, "restore", WriteSolution(projects), "-p:NuGetAudit=false", $"-p:RestoreSources={Path.Combine(Root, "feed")}");
        code.ShouldBe(0, output);
    }

    private static IEnumerable<string> ProjectsOf(Scenario scenario) => scenario.Projects.Select(project => Path.Combine(FolderOf(scenario), project));

    private static string WriteSolution(IReadOnlyList<string> projects)
    {
        string solution = Path.Combine(Root, "all.slnx");
        new XElement("Solution", projects.Select(project => new XElement("Project", new XAttribute("Path", Path.GetRelativePath(Root, project))))).Save(solution);
        return solution;
    }
}

[CollectionDefinition(nameof(Workbench))]
public sealed class WorkbenchCollection : ICollectionFixture<Workbench>;
