using Nats.Consumer.Templates.Definitions;
using Nats.Consumer.Analyzers.Packaging;
using Nats.Consumer.Samples.Tests;

namespace Nats.Consumer.Templates.Scaffolds;

/// <summary>What <c>dotnet new nats-worker</c> makes: every option alone, all pairs, odd names.</summary>
[Collection(nameof(Workbench))]
[Trait("Category", "Slow")]
public class WorkerTests(Workbench workbench)
{
    public static IEnumerable<TheoryDataRow<string>> Ids => Scenario.All.Select(scenario => new TheoryDataRow<string>(scenario.Id));

    /// <summary>The tests that scaffolds bring along, in each kind of worker that there is.</summary>
    public static IEnumerable<TheoryDataRow<string>> WithTests => Scenario.All.Where(scenario => scenario.Has("tests")).Select(scenario => new TheoryDataRow<string>(scenario.Id));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Worker_BuildsWithoutAWarning(string id)
    {
        Scenario scenario = Find(id);
        workbench.Complaints($"{Workbench.FolderOf(scenario)}/").ShouldBeEmpty();
        foreach (string project in scenario.Projects)
            File.Exists(Assembly(scenario, project)).ShouldBeTrue($"{project} was not built: {workbench.BuildOutput}");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Worker_HasNoTokenLeft(string id)
    {
        string[] tokens = [.. TemplateDefinition.Worker.Symbols.Select(symbol => (string?)symbol.Value!["replaces"]).OfType<string>().Where(token => token is not ("net10.0" or "Verb")), "NatsWorker.1", "#if", "#end", "#else", "0.0.0-dev"];
        foreach (var (path, content) in workbench.Files[id])
            tokens.Where(token => (path + content).Contains(token, StringComparison.Ordinal)).ShouldBeEmpty(path);
    }

    [Fact]
    public void Build_HasNoOtherComplaint() => workbench.Complaints().ShouldBeEmpty();

    [Fact]
    public void Everything_IsAsItWas()
    {
        Snapshot.Check("default", workbench.Files["default"]);
        Snapshot.Check("everything", workbench.Files["everything"]);
        Snapshot.Check("subject", workbench.Files["alone-subject"].Where(file => file.Key.EndsWith(".cs", StringComparison.Ordinal)));
    }

    [Fact]
    public void CentralVersions_GetTheVersion()
    {
        string printed = workbench.Printed("alone-cpm");
        printed.ShouldContain("Successfully added a reference");
        string central = File.ReadAllText(Path.Combine(Workbench.Root, "work", "alone-cpm", "Directory.Packages.props"));
        central.ShouldContain($"<PackageVersion Include=\"Nats.Consumer.Runtime\" Version=\"{LocalFeed.Version}\" />");
    }

    /// <summary>Analyzers that the compiler cannot load leave every build green.</summary>
    [Fact]
    public async Task Worker_WithAnImpossibleSubject_IsToldByTheAnalyzers()
    {
        string folder = Path.Combine(Workbench.Root, "work", "impossible");
        Directory.CreateDirectory(folder);
        (await Workbench.NewAsync(folder, "nats-worker", "-n", "Impossible", "--subject", "orders created", "--no-restore", "--no-update-check")).ExitCode.ShouldBe(0);
        var (code, output) = await Dotnet.RunAsync(Path.Combine(folder, "Impossible"), "build", "-v:m", "-p:NuGetAudit=false", "-p:UseSharedCompilation=true");
        code.ShouldBe(1, output);
        output.ShouldContain("error NATS0001");
    }

    [Theory]
    [MemberData(nameof(WithTests))]
    public async Task ScaffoldedTests_Pass(string id)
    {
        Scenario scenario = Find(id);
        var (code, output) = await Dotnet.RunAsync(Workbench.Root, "exec", Assembly(scenario, scenario.Tests));
        code.ShouldBe(0, output);
        output.ShouldContain("Total: 2, Errors: 0, Failed: 0, Skipped: 0");
    }

    /// <summary>As the README of the scaffold says.</summary>
    [Fact]
    public async Task Solution_IsTestedByDotnetTest()
    {
        var (code, output) = await Dotnet.RunAsync(Workbench.FolderOf(Find("everything")), "test", "--no-build");
        code.ShouldBe(0, output);
        output.ShouldContain("Passed:     2");
    }

    [Theory]
    [InlineData("default", "orders.created", 4)] // with the handlers that were added to it
    [InlineData("alone-consumer", "orders.created", 1)]
    [InlineData("alone-aot", "orders.created", 1)]
    [InlineData("alone-subject", "payments.example.created", 1)]
    [InlineData("alone-dlq", "orders.created", 1)]
    [InlineData("everything", "orders.created", 1)]
    public async Task Demo_HandlesMessagesAndEnds(string id, string subject, int handled)
    {
        Scenario scenario = Find(id);
        SampleResult result = await SampleProcess.RunAsync(Program(scenario), url: null, ["--demo"], ("DOTNET_CONTENTROOT", Path.GetDirectoryName(Program(scenario))!));

        result.ShouldExitWith(0);
        result.Error.ShouldBeEmpty();
        result.Output.ShouldContain($"Handled {subject}");
        (result.Output.Split(" Handled ").Length - 1).ShouldBe(handled, result.Output);
        result.Output.ShouldContain("The demonstration is over");
        result.Output.ShouldNotContain("warn:");
    }

    /// <summary>In the project's folder, as a newcomer does: the first launch profile is not what arguments say.</summary>
    [Fact]
    public async Task DotnetRunDemo_HandlesAMessage()
    {
        var (code, output) = await Dotnet.RunAsync(Workbench.FolderOf(Find("alone-consumer")), "run", "--no-build", "--", "--demo");
        code.ShouldBe(0, output);
        output.ShouldContain("Handled orders.created");
    }

    [Fact]
    public async Task NoServer_IsOneLineThatSaysWhatToDo()
    {
        await using SampleProcess worker = SampleProcess.Start(Program(Find("default")), "nats://127.0.0.1:9", []);
        await worker.PrintedAsync("Trying again until it answers.");
        worker.Terminate();
        SampleResult result = await worker.EndAsync();
        result.ShouldExitWith(0);
        string line = result.Output.Split('\n').Where(line => line.Contains("127.0.0.1:9", StringComparison.Ordinal)).ShouldHaveSingleItem();
        line.ShouldContain("nats-server -js");
        line.ShouldContain("docker run");
        line.ShouldContain("NATS_URL");
        result.Output.ShouldNotContain("Exception");
    }

    internal static Scenario Find(string id) => Scenario.All.Single(scenario => scenario.Id == id);

    /// <summary>The worker's executable.</summary>
    internal static string Program(Scenario scenario) => Path.ChangeExtension(Assembly(scenario, scenario.Project), null);

    private static string Assembly(Scenario scenario, string project) =>
        Path.Combine(Workbench.FolderOf(scenario), Path.GetDirectoryName(project)!, "bin", "Debug", "net10.0", $"{Path.GetFileNameWithoutExtension(project)}.dll");
}
