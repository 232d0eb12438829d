using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Nats.Consumer.Client;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Consuming;

/// <summary>Push consumers: the server decides when a message comes, and everything else is as with pull.</summary>
[Trait("Category", "Server")]
[Collection(LongFirst.Collection + nameof(PushServerTests))]
public class PushServerTests(TestServer server, ITestOutputHelper output) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Messages_ConcurrencyOne_AreEachHandledOnceAndInOrder()
    {
        await using TestStream stream = await server.StreamAsync();
        await stream.PublishManyAsync(500);
        await using Worker worker = await WorkAsync(stream);
        await stream.PublishManyAsync(500, 500);
        await worker.Script.CountAsync(1000);
        await stream.SettledAsync();
        worker.Script.Seen.Select(seen => seen.Sequence).ShouldBe(Enumerable.Range(1, 1000).Select(i => (ulong)i));
        worker.Script.Seen.ShouldAllBe(seen => seen.Delivery == 1);
        worker.Log.Worse(LogLevel.Warning).ShouldBeEmpty();
    }

    [Fact]
    public async Task Durable_New_IsAGroupWithFlowControlAndHeartbeats()
    {
        await using TestStream stream = await server.StreamAsync();
        await using Worker worker = await WorkAsync(stream);
        JsonObject config = (await stream.ConsumerAsync()).Config;
        ((string?)config["deliver_subject"]).ShouldBe($"_DELIVER.{stream.Name}.worker");
        ((string?)config["deliver_group"]).ShouldBe("worker");
        ((bool?)config["flow_control"]).ShouldBe(true);
        ((long?)config["idle_heartbeat"]).ShouldBe(5_000_000_000);
        ((string?)config["ack_policy"]).ShouldBe("explicit");
    }

    [Fact]
    public async Task Durable_IsAPullConsumer_IsRefusedWithTheWayOut()
    {
        await using TestStream stream = await server.StreamAsync();
        await using (Worker pull = await stream.WorkAsync())
        {
        }

        await using var worker = new Worker(server.Url, stream.Setup(setup => setup.Kind = ConsumerKind.Push));
        (await worker.RunAsync()).ShouldBe(1);
        worker.Log.Worse(LogLevel.Critical).ShouldHaveSingleItem().Text.ShouldContain(
            $"consumer 'worker' of stream '{stream.Name}' is a pull consumer, and the server cannot make a push consumer of it. Give another DurableName, or delete the consumer.");
    }

    [Fact]
    public async Task Outcomes_SettleAsPullDoes()
    {
        await using TestStream stream = await server.StreamAsync();
        foreach (string subject in new[] { "work.ack", "work.retry", "work.fail", "work.drop", "work.dead" })
            await stream.PublishAsync(subject);
        await using Worker worker = await WorkAsync(stream, setup => setup.MaxDeliver = 3, new Script((message, _) => ValueTask.FromResult(message.Subject switch
        {
            "work.retry" when message.DeliveryCount < 3 => Outcome.Retry,
            "work.fail" => throw new InvalidOperationException("no way"),
            "work.drop" => Outcome.Drop("of no interest"),
            "work.dead" => Outcome.DeadLetter("broken"),
            _ => Outcome.Ack,
        })));
        await Until.TrueAsync(async () => await stream.DeadLetterCountAsync() == 2, "two dead letters");
        await stream.SettledAsync();
        worker.Script.Seen.GroupBy(seen => seen.Subject).ToDictionary(group => group.Key, group => group.Count()).ShouldBe(
            new Dictionary<string, int> { ["work.ack"] = 1, ["work.retry"] = 3, ["work.fail"] = 3, ["work.drop"] = 1, ["work.dead"] = 1 }, ignoreOrder: true);
    }

    [Fact]
    public async Task Handler_LongerThanAckWait_RunsOnce()
    {
        await using TestStream stream = await server.StreamAsync();
        await stream.PublishAsync("work.x");
        await using Worker worker = await WorkAsync(
            stream,
            setup => (setup.AckWait, setup.Concurrency) = (TimeSpan.FromMilliseconds(600), 2),
            new Script(async (_, cancellationToken) =>
            {
                await Task.Delay(6000, cancellationToken); // ten times the ack wait
                return Outcome.Ack;
            }));
        await worker.Script.CountAsync(1);
        await stream.SettledAsync();
        worker.Script.Count.ShouldBe(1);
        (await stream.ConsumerAsync()).Redelivered.ShouldBe(0);
    }

    // Without max_ack_pending in the way only flow control bounds what is buffered here.
    [Fact]
    [Trait("Category", "Slow")]
    public Task SlowHandler_FiftyThousand_AreHeldBackByFlowControl() => FlowAsync(50_000, payload: 400);

    [Fact]
    public Task SlowHandler_TenThousand_AreHeldBackByFlowControl() => FlowAsync(10_000, payload: 2_000);

    private async Task FlowAsync(int count, int payload)
    {
        await using TestStream stream = await server.StreamAsync();
        for (int from = 0; from < count; from += 5_000)
            await stream.PublishManyAsync(5_000, from, new string('x', payload));
        var counter = new FlowCounter();
        await using INatsSubscription answers = await server.Connection.SubscribeAsync("$JS.FC.>", counter);
        await using Wiretap tap = await Wiretap.StartAsync(server, stream, $"_DELIVER.{stream.Name}.worker");
        var go = new TaskCompletionSource();
        long begin = Stopwatch.GetTimestamp();
        await using Worker worker = await WorkAsync(
            stream,
            setup => (setup.MaxAckPending, setup.AckWait) = (2 * count, TimeSpan.FromSeconds(3)),
            new Script(async (message, cancellationToken) =>
            {
                await go.Task.WaitAsync(cancellationToken);
                if (message.StreamSequence % 100 == 0)
                    await Task.Delay(1, cancellationToken);
                return Outcome.Ack;
            }));
        await worker.Script.CountAsync(1);
        await WhenQuietAsync(() => tap.Passed.Count);
        int buffered = tap.Passed.Count;
        go.SetResult();
        await Until.TrueAsync(() => worker.Script.Count >= count, $"{count} messages", 120);
        await stream.SettledAsync();
        output.WriteLine(
            $"nats-server {server.Version}: {buffered} of {count} messages ({buffered * (payload + 100L) / 1024 / 1024} MiB) came before the server waited; {worker.Script.Count} runs and {counter.Count} flow "
            + $"control answers in {Stopwatch.GetElapsedTime(begin).TotalSeconds:0.0} s");
        buffered.ShouldBeLessThan(count * 3 / 4);
        counter.Count.ShouldBeGreaterThan(1);
        worker.Script.Seen.Select(seen => seen.Sequence).ShouldBe(Enumerable.Range(1, count).Select(i => (ulong)i));
        worker.Script.Seen.ShouldAllBe(seen => seen.Delivery == 1);
    }

    private static Task<Worker> WorkAsync(TestStream stream, Action<ConsumerSetup>? configure = null, Script? script = null) => stream.WorkAsync(
        setup =>
        {
            setup.Kind = ConsumerKind.Push;
            configure?.Invoke(setup);
        },
        script);

    // Until a number stands still.
    private static async Task WhenQuietAsync(Func<int> number)
    {
        for (int last = -1; number() != last;)
        {
            last = number();
            await Task.Delay(500);
        }
    }

    private sealed class FlowCounter : INatsMessageSink
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public ValueTask OnMessageAsync(in ReceivedMessage message)
        {
            Interlocked.Increment(ref _count);
            return ValueTask.CompletedTask;
        }

        public void OnClosed(Exception? reason)
        {
        }
    }
}
