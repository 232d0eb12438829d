using Nats.Consumer.Analyzers.Hygiene;
using Nats.Consumer.Analyzers.Packaging;
using Nats.Consumer.Samples.Tests;

namespace Nats.Consumer.Templates.Scaffolds;

/// <summary>Workers that run with nothing else installed.</summary>
public class RunTests : WorkbenchTests
{
    [Theory]
    [InlineData("documented", "orders.created", 1)]
    [InlineData("default", "orders.created", 4)] // with the handlers that were added to it
    [InlineData("alone-consumer", "orders.created", 1)]
    [InlineData("alone-aot", "orders.created", 1)]
    [InlineData("alone-subject", "payments.example.created", 1)]
    [InlineData("alone-dlq", "orders.created", 1)]
    [InlineData("everything", "orders.created", 1)]
    public async Task Demo_HandlesMessagesAndEnds(string id, string subject, int handled)
    {
        Scenario scenario = Scenario.Find(id);
        SampleResult result = await SampleProcess.RunAsync(Workbench.ProgramOf(scenario), url: null, ["--demo"], ("DOTNET_CONTENTROOT", Path.GetDirectoryName(Workbench.ProgramOf(scenario))!));

        result.ShouldExitWith(0);
        result.Error.ShouldBeEmpty();
        result.Output.ShouldContain($"Handled {subject}");
        (result.Output.Split(" Handled ").Length - 1).ShouldBe(handled, result.Output);
        result.Output.ShouldContain("The demonstration is over");
        result.Output.ShouldNotContain("warn:");
        if (id == "documented")
            ShouldBeDocumented(result.Output);
    }

    /// <summary>In the project's folder, as a newcomer does: the first launch profile is not what arguments say.</summary>
    [Fact]
    public async Task DotnetRunDemo_HandlesAMessage()
    {
        var (code, output) = await Dotnet.RunAsync(Workbench.FolderOf(Scenario.Find("alone-consumer")), "run", "--no-build", "--", "--demo");
        code.ShouldBe(0, output);
        output.ShouldContain("Handled orders.created");
    }

    /// <summary>What docs/templates.md shows is what is printed.</summary>
    private static void ShouldBeDocumented(string output)
    {
        string document = Repository.Read("docs", "templates.md");
        string shown = document[(document.IndexOf("dotnet run -- --demo\n…\n", StringComparison.Ordinal) + "dotnet run -- --demo\n…\n".Length)..];
        string[] lines = [.. shown[..shown.IndexOf("```", StringComparison.Ordinal)].Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        lines.Length.ShouldBeGreaterThan(10);
        lines.Except(output.Split('\n')).ShouldBeEmpty();
    }

    [Fact]
    public async Task NoServer_IsOneLineThatSaysWhatToDo()
    {
        await using SampleProcess worker = SampleProcess.Start(Workbench.ProgramOf(Scenario.Find("default")), "nats://127.0.0.1:9", []);
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
}
