using System.Xml.Linq;
using Nats.Consumer.Analyzers.Hygiene;
using Nats.Consumer.Analyzers.Packaging;

namespace Nats.Consumer.Templates.Scaffolds;

/// <summary>
/// All scaffolds, made once and built together for all tests, as a user makes them: the templates are installed from a package, into a folder of templates and with a folder of packages of their own.
/// It lies under artifacts/template-tests and is left there, to be looked at.
/// </summary>
internal sealed class Workbench
{
    /// <summary>What the strictest of users would set for all projects, on top of what scaffolds bring along.</summary>
    private static readonly string[] Strict =
    [
        "-p:TreatWarningsAsErrors=true", "-p:AnalysisLevel=latest-recommended", "-p:EnforceCodeStyleInBuild=true", "-p:GenerateDocumentationFile=true", "-p:NoWarn=CS1591%3BCA1707%3BNETSDK1188",
    ];

    private static readonly Lazy<Task<Workbench>> Made = new(async () =>
    {
        var workbench = new Workbench();
        await workbench.MakeAsync();
        return workbench;
    });

    private readonly Dictionary<string, string> _printed = [];

    private Workbench()
    {
    }

    public static string Root { get; } = Path.Combine(Repository.Root, "artifacts", "template-tests");

    public ItemProjects Items { get; } = new();

    /// <summary>What the build said.</summary>
    public string BuildOutput { get; private set; } = "";

    /// <summary>What a scenario was made of at first, by path.</summary>
    public Dictionary<string, SortedDictionary<string, string>> Files { get; } = [];

    /// <summary>What <c>dotnet new</c> printed for a scenario.</summary>
    public string Printed(string id) => _printed[id];

    public static string FolderOf(Scenario scenario) => Path.Combine(Root, "work", scenario.Id, scenario.Name);

    /// <summary>What one of its projects is built to.</summary>
    public static string AssemblyOf(Scenario scenario, string project) =>
        Path.Combine(FolderOf(scenario), Path.GetDirectoryName(project)!, "bin", "Debug", "net10.0", $"{Path.GetFileNameWithoutExtension(project)}.dll");

    /// <summary>The worker's executable.</summary>
    public static string ProgramOf(Scenario scenario) => Path.ChangeExtension(AssemblyOf(scenario, scenario.Project), null);

    /// <summary>The one that is made for whoever asks first.</summary>
    public static Task<Workbench> ReadyAsync() => Made.Value;

    /// <summary>Runs <c>dotnet new</c> with the templates.</summary>
    public static Task<(int ExitCode, string Output)> NewAsync(string folder, params string[] arguments) =>
        Dotnet.RunAsync(folder, ["new", .. arguments, "--debug:custom-hive", Path.Combine(Root, "hive")]);

    public static void Write(string path, string text)
    {
        string full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    /// <summary>The lines of the build that complain, of projects in a folder; of all without one.</summary>
    public IEnumerable<string> Complaints(string folder = "") => BuildOutput.Split('\n')
        .Where(line => (line.Contains(": error ", StringComparison.Ordinal) || line.Contains(": warning ", StringComparison.Ordinal)) && line.Contains(folder, StringComparison.Ordinal)).Distinct();

    private async Task MakeAsync()
    {
        if (Directory.Exists(Root))
            Directory.Delete(Root, recursive: true);
        Write("feed/.keep", "");
        WriteSurroundings();
        await LocalFeed.PackAsync();
        await InstallAsync();

        // What has no need of packages first: restoring that fills the folder of packages, from the local feed alone, and from then on nothing is asked of any registry.
        ILookup<bool, Scenario> central = Scenario.All.ToLookup(scenario => scenario.Has("cpm") && !scenario.Has("tests"));
        await MakeAsync([.. central[false], Scenario.Impossible]);
        ItemProjects.Write();
        await RestoreAsync([.. central[false].Append(Scenario.Impossible).SelectMany(ProjectsOf), .. Items.Restored]);
        await Task.WhenAll(MakeAsync(central[true]), Items.MakeAsync());
        string all = WriteSolution("all", [.. Scenario.All.Append(Scenario.Impossible).SelectMany(ProjectsOf), .. Items.Restored]);
        (_, BuildOutput) = await Dotnet.RunAsync(Root, ["build", all, "--no-restore", "-v:m", "-p:UseSharedCompilation=true", .. Strict]);
    }

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
                <add key="feed" value="{LocalFeed.Folder}" />
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
        var (code, output) = await NewAsync(Root, "install", LocalFeed.Templates, "-v", "diag");
        code.ShouldBe(0, output);
        foreach (string name in (string[])["nats-worker", "nats-handler", "nats-consumer", "nats-file"])
            output.ShouldContain($" {name} ");
        output.ShouldNotContain("Error", Case.Sensitive);
        output.ShouldNotContain("[LOC");
    }

    // Two at a time: more than half of what one takes is waiting for disks and for one core.
    private Task MakeAsync(IEnumerable<Scenario> scenarios) =>
        Parallel.ForEachAsync(scenarios, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (scenario, _) => await MakeAsync(scenario));

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
        var (code, output) = await Dotnet.RunAsync(Root, "restore", WriteSolution("restored", projects), $"-p:RestoreSources={LocalFeed.Folder}");
        code.ShouldBe(0, output);
    }

    /// <summary>The projects of a scenario.</summary>
    public static IEnumerable<string> ProjectsOf(Scenario scenario) => scenario.Projects.Select(project => Path.Combine(FolderOf(scenario), project));

    /// <summary>Writes a solution of projects, wherever they are.</summary>
    public static string WriteSolution(string name, IReadOnlyList<string> projects)
    {
        string solution = Path.Combine(Root, $"{name}.slnx");
        new XElement("Solution", projects.Select(project => new XElement("Project", new XAttribute("Path", Path.GetRelativePath(Root, project))))).Save(solution);
        return solution;
    }
}
