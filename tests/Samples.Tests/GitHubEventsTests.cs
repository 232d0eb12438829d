using Nats.Consumer.Client;
using Nats.Consumer.Testing;

namespace Nats.Consumer.Samples.Tests;

[Trait("Category", "Server")]
public sealed class GitHubEventsTests
{
    private const string Sample = "GitHubEvents";

    [Fact]
    public async Task Run_TwiceOnGivenServer_AddsUpBothTimes()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();

        SampleResult first = await SampleProcess.RunAsync(Sample, server.Url, []);
        SampleResult second = await SampleProcess.RunAsync(Sample, url: null, [$"--Nats:Url={server.Url}"]);

        first.ShouldExitWith(0);
        new GitHubEventsSummary(first.Output).ShouldAddUp();
        first.Output.ShouldContain("Stream 'sample-github-events' created.");
        first.Output.ShouldContain("Left behind");
        second.ShouldExitWith(0);
        second.Error.ShouldBeEmpty();
        second.Output.ShouldNotContain("in-memory");
        second.Output.ShouldNotContain("created.");
        new GitHubEventsSummary(second.Output).ShouldAddUp();
    }

    [Fact]
    public async Task Run_AfterItsStreamWasDeleted_KeepsADeadLetterOfItsOwn()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        (await SampleProcess.RunAsync(Sample, server.Url, [])).ShouldExitWith(0);
        await using (var connection = new NatsConnection(new NatsConnectionOptions { Url = server.Url }))
        {
            await connection.ConnectAsync();
            (await connection.RequestAsync("$JS.API.STREAM.DELETE.sample-github-events", [], TimeSpan.FromSeconds(5))).IsOk.ShouldBeTrue();
        }

        // The new stream counts from 1 again, so its damaged message has the sequence of the one before.
        SampleResult again = await SampleProcess.RunAsync(Sample, server.Url, []);

        again.ShouldExitWith(0);
        new GitHubEventsSummary(again.Output).ShouldAddUp();
    }

    [Fact]
    public async Task Run_ServerThatComesLater_IsWaitedFor()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        await server.StopAsync();
        await using SampleProcess sample = SampleProcess.Start(Sample, server.Url, []);
        await sample.PrintedAsync("No NATS server could be reached");

        await server.StartAgainAsync();

        SampleResult result = await sample.EndAsync();
        result.ShouldExitWith(0);
        result.Error.ShouldBeEmpty();
        new GitHubEventsSummary(result.Output).ShouldAddUp();
    }

    [Fact]
    public async Task Run_SigtermWhileServerIsAway_SaysThatNothingWasAddedUp()
    {
        await using SampleProcess sample = SampleProcess.Start(Sample, "nats://127.0.0.1:1", []);
        await sample.PrintedAsync("No NATS server could be reached (nats://127.0.0.1:1: ");

        sample.Terminate();

        SampleResult result = await sample.EndAsync();
        result.ShouldExitWith(1);
        result.Error.ShouldBeEmpty();
        result.Output.ShouldEndWith("Stopped before the end: nothing was added up.\n");
    }

    [Fact]
    public async Task Run_WrongPassword_StopsWithOneLine()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync(new NatsServerOptions { Username = "worker", Password = "right" });

        SampleResult result = await SampleProcess.RunAsync(Sample, server.Url, [], ("Nats__Username", "worker"), ("Nats__Password", "wrong"));

        result.ShouldExitWith(1);
        result.Error.ShouldBeEmpty();
        result.Output.Split('\n').Count(line => line.Contains("Critical: The worker cannot start: ", StringComparison.Ordinal)).ShouldBe(1);
        result.Output.ShouldNotContain("   at ");
        result.Output.ShouldNotContain("wrong");
    }
}
