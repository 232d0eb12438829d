using Nats.Consumer.Analyzers.Packaging;

namespace Nats.Consumer.Templates.Scaffolds;

/// <summary>What <c>nats-handler</c>, <c>nats-consumer</c> and <c>nats-file</c> add, in projects of all kinds.</summary>
public class ItemTests : WorkbenchTests
{
    [Fact]
    public void Items_AreAsTheyWere()
    {
        (string Item, string Path)[] items =
        [
            ("root", "default/Hello/OrdersShippedHandler.cs"),
            ("subfolder", "default/Hello/Handlers/Billing/OrdersPaidHandler.cs"),
            ("consumer", "default/Hello/PaymentsConsumer.cs"),
            ("consumer's handler", "default/Hello/Handlers/PaymentReceived.cs"),
            ("console", "console/OrdersCreatedHandler.cs"),
            ("library", "library/Inbound/V2/StockHandler.cs"),
            ("central", "central/central-console/ABCHandler.cs"),
            ("file", "file/worker.cs"),
        ];
        foreach (var (item, path) in items)
        {
            Workbench.Items[item].ExitCode.ShouldBe(0, Workbench.Items[item].Output);
            File.Exists(Path.Combine(Workbench.Root, "work", path)).ShouldBeTrue(path);
        }

        Snapshot.Check("items", items.Select(item => KeyValuePair.Create(item.Path, File.ReadAllText(Path.Combine(Workbench.Root, "work", item.Path)))));
    }

    [Theory]
    [InlineData("console")]
    [InlineData("library")]
    [InlineData("central")]
    public void Project_BuildsWithoutAWarning(string folder)
    {
        Workbench.Complaints(Path.Combine(Workbench.Root, "work", folder) + "/").ShouldBeEmpty();
        Directory.EnumerateFiles(Path.Combine(Workbench.Root, "work", folder), "Nats.Consumer.Runtime.dll", SearchOption.AllDirectories).Any().ShouldBe(folder != "library");
    }

    [Fact]
    public void Package_IsAddedWhereItIsMissing()
    {
        Workbench.Items["root"].Output.ShouldNotContain("Adding a package");
        foreach (string item in (string[])["console", "library", "central"])
            Workbench.Items[item].Output.ShouldContain("Successfully added a reference");
        string central = File.ReadAllText(Path.Combine(Workbench.Root, "work", "central", "Directory.Packages.props"));
        central.ShouldContain($"<PackageVersion Include=\"Nats.Consumer.Runtime\" Version=\"{LocalFeed.Version}\" />");
    }

    [Theory]
    [InlineData("unrestored", 100, "is not restored. Run 'dotnet restore")]
    [InlineData("no project", 100, "Project capabilities: ")] // the rest depends on what lies in the folders above
    [InlineData("twice", 73, "OrdersShippedHandler.cs")]
    [InlineData("typo", 103, "nats-handler")]
    [InlineData("wrong choice", 127, "The worker asks")]
    public void WhereItCannotWork_ItSaysWhy(string item, int exitCode, string reason)
    {
        Workbench.Items[item].ExitCode.ShouldBe(exitCode, Workbench.Items[item].Output);
        Workbench.Items[item].Output.ShouldContain(reason);
    }

    [Fact]
    public void Help_IsAsItWas()
    {
        // The language of the terminal, and the width of one.
        string[] help = [.. ((string[])["nats-worker", "nats-handler", "nats-consumer", "nats-file"]).Select(template => TemplateOptions(Workbench.NewAsync(ItemProjects.Hello, template, "--help").GetAwaiter().GetResult().Output))];
        help.SelectMany(text => text.Split('\n')).Where(line => line.TrimEnd().Length > 80).ShouldBeEmpty();
        Snapshot.Check("help", help.Select((text, i) => KeyValuePair.Create($"{i}", text)));
    }

    [Fact]
    public async Task Help_InGerman_IsTranslated()
    {
        var (_, output) = await Dotnet.RunProgramAsync(ItemProjects.Hello, "env", "DOTNET_CLI_UI_LANGUAGE=de", "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=0", "dotnet", "new", "nats-worker", "--help", "--debug:custom-hive", Path.Combine(Workbench.Root, "hive"));
        Assert.SkipWhen(output.Contains("ICU package", StringComparison.Ordinal), "There is no ICU on this machine, and without it .NET speaks English only.");
        output.ShouldContain("Aufgegebenes als Dead Letter behalten");
        output.ShouldContain("Ein Workflow für GitHub Actions");
    }

    [Theory]
    [InlineData("nats-", "nats-file", "nats-worker")] // the engine has a moment to see that the others can be used here
    [InlineData("nats-worker --consumer ", "pull", "push")]
    [InlineData("nats-worker --ci ", "github", "none")]
    public async Task Tab_ShowsTemplatesAndChoices(string typed, params string[] offered)
    {
        var (_, output) = await Dotnet.RunAsync(ItemProjects.Hello, "complete", $"dotnet new --debug:custom-hive {Path.Combine(Workbench.Root, "hive")} {typed}");
        output.Split('\n', StringSplitOptions.TrimEntries).Intersect(offered).Order().ShouldBe(offered);
    }

    [Fact]
    public async Task File_HandlesAMessage()
    {
        var (code, output) = await Dotnet.RunAsync(Path.Combine(Workbench.Root, "work", "file"), "run", "-p:UseSharedCompilation=true", "worker.cs", "--", "--demo");
        code.ShouldBe(0, output);
        output.ShouldContain("Handled orders.created");
    }

    private static string TemplateOptions(string help) =>
        string.Join('\n', help[help.IndexOf("Template options:", StringComparison.Ordinal)..].ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())).TrimEnd() + "\n";
}
