using System.Collections.Concurrent;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Consuming;

/// <summary>Messages of a key stay in order, and a key that fails holds up nobody else.</summary>
[Trait("Category", "Server")]
public class LaneServerTests(TestServer server) : IClassFixture<TestServer>
{
    [Theory]
    [InlineData(ConsumerKind.Pull, 1)]
    [InlineData(ConsumerKind.Pull, 2)]
    [InlineData(ConsumerKind.Push, 3)]
    public async Task RandomFailures_ConcurrencyEight_EachKeyIsHandledInOrderOneAtATime(ConsumerKind kind, int seed)
    {
        const int Keys = 12, PerKey = 25;
        await using TestStream stream = await server.StreamAsync("lane.>");
        var random = new Random(seed);
        foreach (int key in Enumerable.Range(0, Keys * PerKey).Select(i => i % Keys).OrderBy(_ => random.Next()))
            await stream.PublishAsync($"lane.k{key}.x");
        var handled = new ConcurrentQueue<(string Key, ulong Sequence)>();
        var running = new ConcurrentDictionary<string, bool>();
        int overlaps = 0, most = 0;
        var script = new Script(async (message, cancellationToken) =>
        {
            string key = message.Parameter("key");
            if (!running.TryAdd(key, true))
                Interlocked.Increment(ref overlaps);
            most = Math.Max(most, running.Count);
            await Task.Delay(Next(3), cancellationToken);
            running.TryRemove(key, out _);
            if (Next(10) < 3)
                throw new InvalidOperationException("by chance");
            handled.Enqueue((key, message.StreamSequence));
            return Outcome.Ack;
        });
        await using Worker worker = await WorkAsync(stream, setup => (setup.Kind, setup.MaxDeliver) = (kind, 50), script);
        await Until.TrueAsync(() => handled.Count == Keys * PerKey, "all of them", 30);
        await stream.SettledAsync();
        overlaps.ShouldBe(0);
        most.ShouldBeGreaterThan(1);
        script.Count.ShouldBeGreaterThan(Keys * PerKey, "some failed");
        foreach (IGrouping<string, (string Key, ulong Sequence)> key in handled.GroupBy(seen => seen.Key))
        {
            key.Count().ShouldBe(PerKey);
            key.Select(seen => seen.Sequence).ShouldBeInOrder();
        }

        int Next(int below)
        {
            lock (random)
                return random.Next(below);
        }
    }

    [Fact]
    public async Task FailingKey_ParksItsOwnLaneOnly()
    {
        await using TestStream stream = await server.StreamAsync("lane.>");
        await PublishAsync(stream, "bad", 3);
        await PublishAsync(stream, "good", 20);
        bool healed = false;
        var script = new Script((message, _) =>
            message.Parameter("key") == "bad" && !Volatile.Read(ref healed) ? throw new InvalidOperationException("not yet") : ValueTask.FromResult(Outcome.Ack));
        await using Worker worker = await WorkAsync(stream, setup => (setup.MaxDeliver, setup.Concurrency) = (1000, 1), script);
        await Until.TrueAsync(() => script.Seen.Count(seen => seen.Subject == "lane.good.x") == 20, "the good ones");
        script.Seen.Where(seen => seen.Subject == "lane.bad.x").ShouldAllBe(seen => seen.Sequence == 1, "its successors wait");
        Volatile.Write(ref healed, true);
        await stream.SettledAsync();
        script.Seen.Where(seen => seen.Subject == "lane.bad.x").Select(seen => seen.Sequence).Distinct().ShouldBe([1UL, 2UL, 3UL]);
        script.Seen.Count(seen => seen.Subject == "lane.good.x").ShouldBe(20);
    }

    [Fact]
    public async Task ExhaustedHead_IsADeadLetterAndItsLaneGoesOn()
    {
        await using TestStream stream = await server.StreamAsync("lane.>");
        await PublishAsync(stream, "a", 3);
        await using Worker worker = await WorkAsync(
            stream,
            setup => setup.MaxDeliver = 3,
            new Script((message, _) => message.StreamSequence == 1 ? throw new InvalidOperationException("no way") : ValueTask.FromResult(Outcome.Ack)));
        await stream.SettledAsync();
        worker.Script.Seen.Select(seen => (seen.Sequence, seen.Delivery)).ShouldBe([(1UL, 1), (1UL, 2), (1UL, 3), (2UL, 1), (3UL, 1)]);
        (await stream.DeadLetterCountAsync()).ShouldBe(1);
        (await stream.DeadLetterAsync()).Headers["Dead-Letter-Sequence"].ShouldBe("1");
        (await stream.ConsumerAsync()).Redelivered.ShouldBe(0, "it was tried again here");
    }

    [Fact]
    public async Task Parked_LongerThanAckWait_IsNotDeliveredAgain()
    {
        await using TestStream stream = await server.StreamAsync("lane.>");
        await PublishAsync(stream, "a", 3);
        await using Worker worker = await WorkAsync(
            stream,
            setup => (setup.AckWait, setup.BackoffDelays) = (TimeSpan.FromMilliseconds(400), [TimeSpan.FromMilliseconds(1500)]),
            new Script((message, _) => message is { StreamSequence: 1, DeliveryCount: 1 } ? throw new InvalidOperationException("not yet") : ValueTask.FromResult(Outcome.Ack)));
        await worker.Script.CountAsync(4);
        await stream.SettledAsync();
        worker.Script.Seen.Select(seen => seen.Sequence).ShouldBe([1UL, 1UL, 2UL, 3UL]);
        worker.Script.Seen[1].Since(worker.Script.Seen[0]).TotalMilliseconds.ShouldBeGreaterThan(1490);
        (await stream.ConsumerAsync()).Redelivered.ShouldBe(0);
    }

    [Fact]
    public async Task Stop_HandsBackWhatIsParkedAndWhatWaits()
    {
        await using TestStream stream = await server.StreamAsync("lane.>");
        await PublishAsync(stream, "parked", 3);
        await PublishAsync(stream, "busy", 4);
        var release = new TaskCompletionSource();
        var script = new Script(async (message, _) =>
        {
            if (message.Parameter("key") == "parked")
                throw new InvalidOperationException("not yet");
            await release.Task;
            return Outcome.Ack;
        });
        Worker first = await WorkAsync(stream, setup => setup.BackoffDelays = [TimeSpan.FromMinutes(1)], script);
        await script.CountAsync(2);
        await first.Log.ContainsAsync("next in 00:01:00");
        Task stopping = first.DisposeAsync().AsTask();
        // Long before the ack wait of 30 s, and before the minute; one at a time, so that the order of keys shows.
        await using Worker second = await WorkAsync(stream, setup => setup.Concurrency = 1);
        await second.Script.CountAsync(6);
        release.SetResult();
        await stopping;
        await stream.SettledAsync();
        first.Log.Text.ShouldContain("WorkConsumer stopped: 1 finished, 6 handed back, 0 abandoned.");
        second.Script.Seen.Select(seen => seen.Sequence).Order().ShouldBe([1UL, 2UL, 3UL, 5UL, 6UL, 7UL]);
    }

    private static Task<Worker> WorkAsync(TestStream stream, Action<ConsumerSetup>? configure = null, Script? script = null) => stream.WorkAsync(
        setup =>
        {
            (setup.Subjects, setup.OrderBy, setup.Handlers, setup.Concurrency) = (["lane.{key}.>"], "key", [typeof(KeyHandler)], 8);
            configure?.Invoke(setup);
        },
        script);

    private static async Task PublishAsync(TestStream stream, string key, int count)
    {
        for (int i = 0; i < count; i++)
            await stream.PublishAsync($"lane.{key}.x");
    }

    public sealed class KeyHandler(Script script) : ConsumerHandler
    {
        [Handle("lane.{key}.x")]
        public ValueTask<Outcome> OnKeyAsync(MessageContext message, CancellationToken cancellationToken)
        {
            script.See(message);
            return script.Play(message, cancellationToken);
        }
    }
}
