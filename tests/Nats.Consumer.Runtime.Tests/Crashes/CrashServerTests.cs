using System.Diagnostics;
using Nats.Consumer.JetStream;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Crashes;

/// <summary>Workers are killed with SIGKILL at random points, two hundred times with pull; what is left on the server and in their diaries must add up.</summary>
[Trait("Category", "Server")]
[Trait("Category", "Slow")]
[Collection(nameof(Measured))]
public class CrashServerTests(TestServer server, CrashTally tally, ITestOutputHelper output) : IClassFixture<TestServer>, IClassFixture<CrashTally>
{
    private static readonly string[] Mixed = ["ok", "ok", "ok", "flaky", "fail"];

    // In four parts, because a test that takes more than four minutes counts as hung.
    [Theory]
    [InlineData(ConsumerKind.Pull, 50, 1)]
    [InlineData(ConsumerKind.Pull, 50, 2)]
    [InlineData(ConsumerKind.Pull, 50, 3)]
    [InlineData(ConsumerKind.Pull, 50, 4)]
    [InlineData(ConsumerKind.Push, 40, 5)]
    public async Task AtLeastOnce_EveryMessageIsHandledOrADeadLetterOnce(ConsumerKind kind, int kills, int seed)
    {
        await using TestStream stream = await WorkQueueAsync();
        await using var run = new CrashRun(server, stream, new CrashSetup(stream.Name) { Kind = kind }, Mixed, seed);
        await run.KillAsync(kills);
        if (kind == ConsumerKind.Pull)
            output.WriteLine(tally.Add(kills, parts: 4, atLeast: 200));
        IReadOnlyList<ulong> dead = await stream.DeadLetterSequencesAsync();
        var handled = run.Entries.Where(entry => entry.Verb == 'E').Select(entry => entry.Sequence).ToHashSet();
        ulong[] failing = [.. run.Published.Where(message => message.Value == "fail").Select(message => message.Key)];
        output.WriteLine($"{run.Report()}; {dead.Count} dead letters, {dead.Except(failing).Count()} of them had only seen their workers killed");
        run.Killed.ShouldBeGreaterThan(kills / 2, "or else this proves nothing");

        (await stream.InfoAsync()).Messages.ShouldBe(0, "each is acknowledged or terminated");
        dead.Distinct().Count().ShouldBe(dead.Count, "none is there twice");
        run.Published.Keys.Except(handled).Except(dead).ShouldBeEmpty("none is lost");
        failing.Except(dead).ShouldBeEmpty("what always fails is a dead letter");
        handled.Intersect(failing).ShouldBeEmpty();
    }

    [Fact]
    public async Task AtMostOnce_NoHandlerBeginsTwice()
    {
        await using TestStream stream = await WorkQueueAsync();
        await using var run = new CrashRun(server, stream, new CrashSetup(stream.Name) { Delivery = DeliveryMode.AtMostOnce }, Mixed, seed: 6);
        await run.KillAsync(40);
        run.Killed.ShouldBeGreaterThan(20, "or else this proves nothing");
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
        await run.KillAsync(40);
        StreamDescription published = await target.InfoAsync();
        output.WriteLine($"{run.Report()}; {published.Messages} messages in the target");
        run.Killed.ShouldBeGreaterThan(20, "or else this proves nothing");
        (await stream.DeadLetterSequencesAsync()).ShouldBeEmpty();
        published.Messages.ShouldBe(2 * run.Published.Count);
        string[] subjects = [.. run.Published.Keys.SelectMany(sequence => new[] { $"out.{sequence}.a", $"out.{sequence}.b" })];
        (await target.SubjectsAsync()).ShouldBe(subjects.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(ConsumerKind.Pull)]
    [InlineData(ConsumerKind.Push)]
    public async Task TwoWorkers_OneIsKilled_TheOtherTakesOver(ConsumerKind kind)
    {
        const int Count = 600;
        await using TestStream stream = await WorkQueueAsync();
        var setup = new CrashSetup(stream.Name) { Kind = kind, AckWaitMilliseconds = 2000, WorkMilliseconds = 20 };
        await using CrashProcess first = CrashProcess.Start(server.Url, setup), second = CrashProcess.Start(server.Url, setup);
        await Task.WhenAll(first.ConsumesAsync(), second.ConsumesAsync());
        for (int i = 0; i < Count; i++)
            await stream.PublishAsync("crash.ok");
        await Until.TrueAsync(() => first.Count('E') > 50 && second.Count('E') > 50, "both at work", 30);
        await first.KillAsync();
        long killed = Stopwatch.GetTimestamp();
        await stream.SettledAsync(seconds: 30);
        output.WriteLine($"nats-server {server.Version}, {kind}: {first.Count('E')} and {second.Count('E')} of {Count}, all done {Stopwatch.GetElapsedTime(killed).TotalSeconds:0.0} s after the kill");
        ulong[] ended = [.. first.Entries.Concat(second.Entries).Where(entry => entry.Verb == 'E').Select(entry => entry.Sequence)];
        ended.Distinct().Count().ShouldBe(Count);
        ended.Length.ShouldBeLessThanOrEqualTo(Count + 4, "only what ended and was not settled yet when the worker was killed");
        (await second.TerminateAsync()).ShouldBe(0);
    }

    [Theory]
    [InlineData(ConsumerKind.Pull)]
    [InlineData(ConsumerKind.Push)]
    public async Task Terminate_UnderLoad_ExitsWithZeroAndLosesNothing(ConsumerKind kind)
    {
        const int Stops = 8, PerStop = 300, Buffered = 24;
        await using TestStream stream = await WorkQueueAsync();
        var setup = new CrashSetup(stream.Name) { Kind = kind, AckWaitMilliseconds = 30_000, MaxDeliver = 100, WorkMilliseconds = 20 };
        var entries = new List<Entry>();
        var times = new List<double>();
        for (int i = 0; i <= Stops; i++)
        {
            await using CrashProcess worker = CrashProcess.Start(server.Url, setup);
            await worker.ConsumesAsync();
            if (i == Stops)
                await stream.SettledAsync(seconds: 60);
            else
                await LoadAsync(stream, worker, PerStop);
            long begin = Stopwatch.GetTimestamp();
            (await worker.TerminateAsync()).ShouldBe(0);
            times.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
            worker.Log.ShouldContain(line => line.Contains(" 0 abandoned.", StringComparison.Ordinal));
            entries.AddRange(worker.Entries);
        }

        ulong[] ended = [.. entries.Where(entry => entry.Verb == 'E').Select(entry => entry.Sequence)];
        output.WriteLine($"nats-server {server.Version}, {kind}: {Stops} stops took {times.Min():0} to {times.Max():0} ms; {ended.Length} runs for {Stops * PerStop} messages");
        (await stream.InfoAsync()).Messages.ShouldBe(0);
        ended.Distinct().Count().ShouldBe(Stops * PerStop);
        ended.Length.ShouldBeLessThanOrEqualTo(Stops * (PerStop + Buffered));
        entries.Count.ShouldBe(2 * ended.Length, "what had begun has ended");
    }

    private static async Task LoadAsync(TestStream stream, CrashProcess worker, int count)
    {
        for (int i = 0; i < count; i++)
            await stream.PublishAsync("crash.ok");
        await Until.TrueAsync(() => worker.Count('E') > 20, "work", 30);
    }

    private Task<TestStream> WorkQueueAsync() => server.StreamAsync("crash.>", config => config["retention"] = "workqueue");
}
