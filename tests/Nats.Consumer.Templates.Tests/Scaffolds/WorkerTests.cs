using Nats.Consumer.Templates.Definitions;

namespace Nats.Consumer.Templates.Scaffolds;

/// <summary>What <c>dotnet new nats-worker</c> makes: every option alone, all pairs, odd names.</summary>
public class WorkerTests : WorkbenchTests
{
    public static IEnumerable<TheoryDataRow<string>> Ids => Scenario.All.Select(scenario => new TheoryDataRow<string>(scenario.Id));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Worker_BuildsWithoutAWarning(string id)
    {
        Scenario scenario = Scenario.Find(id);
        Workbench.Complaints($"{Workbench.FolderOf(scenario)}/").ShouldBeEmpty();
        foreach (string project in scenario.Projects)
            File.Exists(Workbench.AssemblyOf(scenario, project)).ShouldBeTrue($"{project} was not built: {Workbench.BuildOutput}");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Worker_HasNoTokenLeft(string id)
    {
        string[] tokens = [.. TemplateDefinition.Worker.Symbols.Select(symbol => (string?)symbol.Value!["replaces"]).OfType<string>().Where(token => token is not ("net10.0" or "Verb")), "NatsWorker.1", "#if", "#end", "#else", "0.0.0-dev"];
        foreach (var (path, content) in Workbench.Files[id])
            tokens.Where(token => (path + content).Contains(token, StringComparison.Ordinal)).ShouldBeEmpty(path);
    }

    [Fact]
    public void Build_HasNoOtherComplaint() => Workbench.Complaints().Except(Workbench.Complaints($"{Workbench.FolderOf(Scenario.Impossible)}/")).ShouldBeEmpty();

    [Fact]
    public void Everything_IsAsItWas()
    {
        Snapshot.Check("default", Workbench.Files["default"]);
        Snapshot.Check("everything", Workbench.Files["everything"]);
        Snapshot.Check("subject", Workbench.Files["alone-subject"].Where(file => file.Key.EndsWith(".cs", StringComparison.Ordinal)));
    }

    [Fact]
    public void CentralVersions_GetTheVersion()
    {
        string printed = Workbench.Printed("alone-cpm");
        printed.ShouldContain("Successfully added a reference");
        string central = File.ReadAllText(Path.Combine(Workbench.Root, "work", "alone-cpm", "Directory.Packages.props"));
        central.ShouldContain($"<PackageVersion Include=\"Nats.Consumer.Runtime\" Version=\"{LocalFeed.Version}\" />");
    }

    /// <summary>Analyzers that the compiler cannot load leave every build green.</summary>
    [Fact]
    public void Worker_WithAnImpossibleSubject_IsToldByTheAnalyzers() =>
        string.Join('\n', Workbench.Complaints($"{Workbench.FolderOf(Scenario.Impossible)}/")).ShouldContain("error NATS0001");
}
