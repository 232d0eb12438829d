using Nats.Consumer.JetStream;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Crashes;

/// <summary>What the delivery modes promise, while workers are killed with SIGKILL at random points.</summary>
[Trait("Category", "Server")]
[Trait("Category", "Slow")]
public class CrashModeServerTests(TestServer server, ITestOutputHelper output) : IClassFixture<TestServer>
{
    [Fact]
    public async Task AtMostOnce_NoHandlerBeginsTwice()
    {
        await using TestStream stream = await WorkQueueAsync();
        await using var run = new CrashRun(server, stream, new CrashSetup(stream.Name) { Delivery = DeliveryMode.AtMostOnce }, ["ok", "ok", "ok", "flaky", "fail"], seed: 6);
        await run.KillAsync(Kills.Of(40));
        run.Killed.ShouldBeGreaterThan(Kills.Of(40) / 2, "or else this proves nothing");
        ulong[] begun = [.. run.Entries.Where(entry => entry.Verb == 'S').Select(entry => entry.Sequence)];
        output.WriteLine($"{run.Report()}; {run.Published.Count - begun.Length} were never begun");
        begun.Distinct().Count().ShouldBe(begun.Length);
        begun.Length.ShouldBeGreaterThan(run.Published.Count / 2);
    }

    [Fact]
    public async Task ExactlyOnce_WhatHandlersPublishIsThereOnce()
    {
        await using TestStream stream = await WorkQueueAsync();
        await using TestStream target = await server.StreamAsync("out.>", config => config["duplicate_window"] = TimeSpan.FromMinutes(10).ToNanoseconds());
        await using var run = new CrashRun(server, stream, new CrashSetup(stream.Name) { Delivery = DeliveryMode.ExactlyOnce, MaxDeliver = 1000 }, ["publish"], seed: 7);
        await run.KillAsync(Kills.Of(40));
        StreamDescription published = await target.InfoAsync();
        output.WriteLine($"{run.Report()}; {published.Messages} messages in the target");
        run.Killed.ShouldBeGreaterThan(Kills.Of(40) / 2, "or else this proves nothing");
        (await stream.DeadLetterSequencesAsync()).ShouldBeEmpty();
        published.Messages.ShouldBe(2 * run.Published.Count);
        string[] subjects = [.. run.Published.Keys.SelectMany(sequence => new[] { $"out.{sequence}.a", $"out.{sequence}.b" })];
        (await target.SubjectsAsync()).ShouldBe(subjects.Order(StringComparer.Ordinal));
    }

    private Task<TestStream> WorkQueueAsync() => server.StreamAsync("crash.>", config => config["retention"] = "workqueue");
}
