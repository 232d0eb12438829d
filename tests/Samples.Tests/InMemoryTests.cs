namespace Nats.Consumer.Samples.Tests;

/// <summary>The samples as a newcomer runs them: nothing else is installed, and nothing is running.</summary>
public sealed class InMemoryTests
{
    [Fact]
    public async Task GitHubEvents_NoServer_AddsUp()
    {
        SampleResult result = await SampleProcess.RunAsync("GitHubEvents", url: null, [], ("NATS_SERVER", "/does/not/exist"));

        result.ShouldExitWith(0);
        result.Error.ShouldBeEmpty();
        result.Output.ShouldContain("Uses the in-memory server 'github'");
        result.Output.ShouldContain("Stream 'sample-github-events' created.");
        result.Output.ShouldNotContain("Left behind");
        result.Output.ShouldNotContain("\u001b"); // a pipe is no terminal
        new GitHubEventsSummary(result.Output).ShouldAddUp();
    }

    [Theory]
    [InlineData]
    [InlineData("run")]
    [InlineData("run", "--setup")]
    public async Task Orders_NoServer_SetsUpAndHandlesEverything(params string[] arguments)
    {
        await using SampleProcess sample = SampleProcess.Start("Orders", url: null, arguments);
        await sample.PrintedAsync("at attempt 2"); // the last thing to happen: the retry

        sample.Terminate();

        SampleResult result = await sample.EndAsync();
        result.ShouldExitWith(0);
        result.Error.ShouldBeEmpty();
        result.Output.ShouldContain("Stream 'orders' created.");
        result.Output.ShouldContain("OrderConsumer stopped: 7 finished, 0 handed back, 0 abandoned.");
    }

    [Fact]
    public async Task Orders_Demo_HandlesItsExamplesAndEnds()
    {
        SampleResult result = await SampleProcess.RunAsync("Orders", url: null, ["--demo"]);

        result.ShouldExitWith(0);
        result.Error.ShouldBeEmpty();
        result.Output.ShouldContain("An example of 'orders.created' was published");
        result.Output.ShouldContain("at attempt 2"); // what is to be tried again is waited for
        result.Output.ShouldContain("The demonstration is over: every example is settled.");
    }

    [Fact]
    public async Task Orders_InMemoryServerOfAnImpossibleName_IsOneClearMessage()
    {
        SampleResult result = await SampleProcess.RunAsync("Orders", "memory://a.b", []);

        result.ShouldExitWith(1);
        string all = result.Output + result.Error;
        all.ShouldNotContain("Unhandled");
        all.Split("has a name that an in-memory server cannot have").Length.ShouldBe(2, all);
    }

    [Fact]
    public async Task Orders_InMemoryServerOfAnotherName_IsTaken()
    {
        await using SampleProcess sample = SampleProcess.Start("Orders", "memory://elsewhere", []);

        await sample.PrintedAsync("Uses the in-memory server 'elsewhere'");
    }
}
