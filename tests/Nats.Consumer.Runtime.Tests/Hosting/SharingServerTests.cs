using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Hosting;

/// <summary>Several workers on one durable, and what one leaves to the others when it ends.</summary>
[Trait("Category", "Server")]
public partial class SharingServerTests(TestServer server, ITestOutputHelper output) : IClassFixture<TestServer>
{
    [Theory]
    [InlineData(ConsumerKind.Pull)]
    [InlineData(ConsumerKind.Push)]
    public async Task TwoWorkers_OneDurable_HandleEachMessageOnce(ConsumerKind kind)
    {
        await using TestStream stream = await server.StreamAsync();
        await using Worker first = await stream.WorkAsync(setup => (setup.Kind, setup.BatchSize) = (kind, 20));
        await using Worker second = await stream.WorkAsync(setup => (setup.Kind, setup.BatchSize) = (kind, 20));
        await stream.PublishManyAsync(500);
        await Until.TrueAsync(() => first.Script.Count + second.Script.Count >= 500, "500 deliveries");
        await stream.SettledAsync();
        first.Script.Seen.Concat(second.Script.Seen).Select(seen => seen.Sequence).Order().ShouldBe(Enumerable.Range(1, 500).Select(i => (ulong)i));
        first.Script.Count.ShouldBeGreaterThan(0);
        second.Script.Count.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData(ConsumerKind.Pull)]
    [InlineData(ConsumerKind.Push)]
    public async Task TwoWorkers_OneStops_TheOtherTakesOverAtOnce(ConsumerKind kind)
    {
        await using TestStream stream = await server.StreamAsync();
        var slow = new Script(async (_, _) =>
        {
            await Task.Delay(5, CancellationToken.None);
            return Outcome.Ack;
        });
        await using Worker first = await stream.WorkAsync(setup => (setup.Kind, setup.BatchSize) = (kind, 50), slow);
        await using Worker second = await stream.WorkAsync(setup => (setup.Kind, setup.BatchSize) = (kind, 50));
        await stream.PublishManyAsync(300);
        await slow.CountAsync(5);
        await first.DisposeAsync();
        await stream.SettledAsync(seconds: 5);
        (slow.Seen.Concat(second.Script.Seen)).Select(seen => seen.Sequence).Distinct().Count().ShouldBe(300);
        (slow.Count + second.Script.Count).ShouldBe(300, "what was finished is not handled again");
        Receipt receipt = ReceiptOf(first);
        receipt.Finished.ShouldBe(slow.Count);
        receipt.Abandoned.ShouldBe(0);
    }

    [Fact]
    public async Task Stop_UnderLoad_AddsUpAndHandsBackAtOnce()
    {
        await using TestStream stream = await server.StreamAsync();
        await stream.PublishManyAsync(500);
        var script = new Script(async (_, _) =>
        {
            await Task.Delay(20, CancellationToken.None);
            return Outcome.Ack;
        });
        Worker first = await stream.WorkAsync(setup => (setup.Concurrency, setup.BatchSize) = (4, 100), script);
        await script.CountAsync(40);
        long begin = Stopwatch.GetTimestamp();
        await first.DisposeAsync();
        TimeSpan took = Stopwatch.GetElapsedTime(begin);
        Receipt receipt = ReceiptOf(first);
        output.WriteLine($"nats-server {server.Version}: stopped in {took.TotalMilliseconds:0} ms: {receipt}");
        took.TotalSeconds.ShouldBeLessThan(10); // and not until Nats:ShutdownTimeout
        receipt.Finished.ShouldBe(script.Count);
        receipt.HandedBack.ShouldBeInRange(1, 101);
        receipt.Abandoned.ShouldBe(0);
        (await stream.ConsumerAsync()).AckFloor.ShouldBe((ulong)receipt.Finished);

        // Long before the ack wait of 30 s.
        await using Worker second = await stream.WorkAsync();
        await stream.SettledAsync(seconds: 5);
        (script.Count + second.Script.Count).ShouldBe(500);
        second.Script.Seen.Max(seen => seen.Delivery).ShouldBeLessThanOrEqualTo(2, "handing back costs one delivery, not more");
    }

    [Fact]
    public async Task Stop_HandlerIsBusy_HandsTheBufferBackWithoutWaitingForIt()
    {
        await using TestStream stream = await server.StreamAsync();
        await stream.PublishManyAsync(20);
        var release = new TaskCompletionSource();
        var script = new Script(async (_, _) =>
        {
            await release.Task;
            return Outcome.Ack;
        });
        Worker first = await stream.WorkAsync(script: script);
        await script.CountAsync(1);
        await Until.TrueAsync(async () => (await stream.ConsumerAsync()).AckPending == 20, "a full buffer");
        // Waits already: nats-server 2.9.10 keeps a handed-back message until its ack wait is over when only pulls of clients that are gone wait for it.
        await using Worker second = await stream.WorkAsync();
        await Until.TrueAsync(async () => (int?)(await server.AskAsync($"CONSUMER.INFO.{stream.Name}.worker"))["num_waiting"] == 2, "two that wait");
        Task stopping = first.DisposeAsync().AsTask();
        await second.Script.CountAsync(19, 5);
        stopping.IsCompleted.ShouldBeFalse();
        release.SetResult();
        await stopping;
        await stream.SettledAsync();
        (script.Count, second.Script.Distinct).ShouldBe((1, 19));
        ReceiptOf(first).ShouldBe(new Receipt(1, 19, 0));
    }

    [Fact]
    public async Task Stop_HandlerHonoursCancellation_IsHandedBackAtTheDeadline()
    {
        await using TestStream stream = await server.StreamAsync();
        await stream.PublishManyAsync(5);
        var script = new Script(async (_, cancellationToken) =>
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return Outcome.Ack;
        });
        Worker worker = await stream.WorkAsync(script: script, nats: nats => nats.Configure(options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(300)));
        await script.CountAsync(1);
        long begin = Stopwatch.GetTimestamp();
        await worker.DisposeAsync();
        Stopwatch.GetElapsedTime(begin).TotalSeconds.ShouldBeInRange(0.29, 10); // the default is 25
        ReceiptOf(worker).ShouldBe(new Receipt(0, 5, 0));
        script.Seen.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Stop_HandlerIgnoresCancellation_IsAbandonedAfterTheDeadline()
    {
        await using TestStream stream = await server.StreamAsync();
        await stream.PublishManyAsync(5);
        var release = new TaskCompletionSource();
        var script = new Script(async (_, _) =>
        {
            await release.Task;
            return Outcome.Ack;
        });
        Worker worker = await stream.WorkAsync(script: script, nats: nats => nats.Configure(options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(300)));
        await script.CountAsync(1);
        long begin = Stopwatch.GetTimestamp();
        await worker.DisposeAsync();
        Stopwatch.GetElapsedTime(begin).TotalSeconds.ShouldBeInRange(1.2, 10); // the deadline, and a second of grace
        release.SetResult();
        ReceiptOf(worker).ShouldBe(new Receipt(0, 4, 1));
        worker.Log.Worse(LogLevel.Critical).ShouldBeEmpty();
    }

    private static Receipt ReceiptOf(Worker worker)
    {
        Match match = worker.Log.Lines.Select(line => ReceiptPattern().Match(line.Text)).Single(match => match.Success);
        int Number(int group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
        return new Receipt(Number(1), Number(2), Number(3));
    }

    [GeneratedRegex("stopped: ([0-9]+) finished, ([0-9]+) handed back, ([0-9]+) abandoned")]
    private static partial Regex ReceiptPattern();

    private sealed record Receipt(int Finished, int HandedBack, int Abandoned);
}
