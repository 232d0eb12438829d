using System.Diagnostics;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Consuming;

/// <summary>Pulls that are limited by bytes: nothing is dropped, and nothing gets stuck.</summary>
[Trait("Category", "Server")]
public class ByteLimitServerTests(TestServer server, ITestOutputHelper output) : IClassFixture<TestServer>
{
    private const int MaxBytes = 64 * 1024;

    [Fact]
    public Task SlowHandler_HandlesEachOfTwoThousandOnce() => HandlesEachOnceAsync(2_000, payload: 1000, pauseEvery: 20);

    [Fact]
    [Trait("Category", "Slow")]
    public Task SlowHandler_HandlesEachOfTwentyThousandOnce() => HandlesEachOnceAsync(20_000, payload: 1000, pauseEvery: 4);

    [Fact]
    public async Task MessageLargerThanTheLimit_ComesThrough()
    {
        await using TestStream stream = await server.StreamAsync();
        int[] sizes = [10, 3 * MaxBytes, 20, 30, MaxBytes, 2 * MaxBytes, 2 * MaxBytes, 40];
        foreach (int size in sizes)
            await stream.PublishAsync("work.x", new string('x', size));
        var seen = new List<int>();
        await using Worker worker = await stream.WorkAsync(
            setup => setup.MaxBytes = MaxBytes,
            new Script((message, _) =>
            {
                seen.Add(message.Payload.Length);
                return ValueTask.FromResult(Outcome.Ack);
            }));
        await worker.Script.CountAsync(sizes.Length);
        await stream.SettledAsync();
        seen.ShouldBe(sizes);
        await stream.PublishAsync("work.after");
        await worker.Script.CountAsync(sizes.Length + 1);
    }

    [Fact]
    public async Task MessagesJustBelowTheLimit_ComeOneByOne()
    {
        await using TestStream stream = await server.StreamAsync();
        await stream.PublishManyAsync(50, payload: new string('x', MaxBytes - 1000));
        await using Worker worker = await stream.WorkAsync(setup => setup.MaxBytes = MaxBytes);
        await worker.Script.CountAsync(50);
        await stream.SettledAsync();
        worker.Script.Seen.Select(seen => seen.Sequence).ShouldBe(Enumerable.Range(1, 50).Select(i => (ulong)i));
    }

    private async Task HandlesEachOnceAsync(int count, int payload, int pauseEvery)
    {
        await using TestStream stream = await server.StreamAsync();
        for (int from = 0; from < count; from += 2_000)
            await stream.PublishManyAsync(2_000, from, new string('x', payload));
        long begin = Stopwatch.GetTimestamp();
        await using Worker worker = await stream.WorkAsync(
            setup => (setup.MaxBytes, setup.AckWait, setup.BatchSize) = (MaxBytes, TimeSpan.FromSeconds(2), 1000),
            new Script(async (message, cancellationToken) =>
            {
                if (message.StreamSequence % (ulong)pauseEvery == 0)
                    await Task.Delay(1, cancellationToken);
                return Outcome.Ack;
            }));
        await Until.TrueAsync(() => worker.Script.Count >= count, $"{count} messages", 120);
        await stream.SettledAsync();
        output.WriteLine($"nats-server {server.Version}: {worker.Script.Count} runs for {count} messages in {Stopwatch.GetElapsedTime(begin).TotalSeconds:0.0} s");
        worker.Script.Seen.Select(seen => seen.Sequence).ShouldBe(Enumerable.Range(1, count).Select(i => (ulong)i));
        worker.Script.Seen.ShouldAllBe(seen => seen.Delivery == 1);
    }
}
