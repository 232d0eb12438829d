using Microsoft.Extensions.Logging;
using Nats.Consumer.Client;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Settling;

/// <summary>What the server makes of what it is told, by outcome and by hand.</summary>
[Trait("Category", "Server")]
public class SettlementServerTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task AckAsync_ByHand_IsTheOneSettlement()
    {
        await using TestStream stream = await server.StreamAsync();
        await using Worker worker = await OneAsync(stream, async message =>
        {
            await message.AckAsync();
            message.IsSettled.ShouldBeTrue();
            return Outcome.Retry; // too late
        });
        await stream.SettledAsync();
        worker.Script.Count.ShouldBe(1);
        worker.Log.Worse(LogLevel.Error).ShouldBeEmpty();
    }

    [Fact]
    public async Task AckSyncAsync_IsConfirmedBeforeItReturns()
    {
        await using TestStream stream = await server.StreamAsync();
        long pending = -1;
        await using Worker worker = await OneAsync(stream, async message =>
        {
            await message.AckSyncAsync();
            pending = (await stream.ConsumerAsync()).AckPending;
            return Outcome.Ack;
        });
        await Until.TrueAsync(() => pending >= 0, "the handler's end");
        pending.ShouldBe(0);
        await stream.SettledAsync();
    }

    [Fact]
    public async Task AckSyncAsync_StreamGone_ThrowsAndTheMessageIsNotSettled()
    {
        await using TestStream stream = await server.StreamAsync();
        var result = new TaskCompletionSource<(Exception? Error, bool Settled)>();
        await using Worker worker = await OneAsync(stream, async message =>
        {
            await server.Api.DeleteStreamAsync(stream.Name, default);
            Exception? error = await Record.ExceptionAsync(async () => await message.AckSyncAsync());
            result.SetResult((error, message.IsSettled));
            return Outcome.Ack;
        });
        (Exception? error, bool settled) = await result.Task.WaitAsync(TimeSpan.FromSeconds(10));
        error.ShouldBeOfType<NatsNoRespondersException>();
        settled.ShouldBeFalse();
    }

    [Fact]
    public async Task NakAsync_ByHand_IsDeliveredAgainAtOnce()
    {
        await using TestStream stream = await server.StreamAsync();
        await using Worker worker = await OneAsync(stream, async message =>
        {
            if (message.DeliveryCount == 1)
                await message.NakAsync();
            return Outcome.Ack;
        });
        await worker.Script.CountAsync(2, 2);
        await stream.SettledAsync();
        worker.Script.Seen.Select(seen => seen.Delivery).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task TermAsync_ByHand_IsNeverDeliveredAgain()
    {
        await using TestStream stream = await server.StreamAsync();
        await using Worker worker = await OneAsync(stream, async message =>
        {
            await message.TermAsync("not wanted");
            return Outcome.Retry;
        });
        await EndedAsync(stream, worker);
        (await stream.DeadLetterCountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Drop_IsNeverDeliveredAgainAndNotKept()
    {
        await using TestStream stream = await server.StreamAsync();
        await using Worker worker = await OneAsync(stream, _ => ValueTask.FromResult(Outcome.Drop("of no interest")));
        await EndedAsync(stream, worker);
        (await stream.DeadLetterCountAsync()).ShouldBe(0);
        worker.Log.Text.ShouldContain($"Message 1 ('work.x') of stream '{stream.Name}' is dropped: of no interest");
    }

    [Fact]
    public async Task InProgressAsync_KeepsTheServerFromDeliveringAgain()
    {
        await using TestStream stream = await server.StreamAsync();
        await using Worker worker = await OneAsync(
            stream,
            async message =>
            {
                for (int i = 0; i < 8; i++)
                {
                    await Task.Delay(100); // the work, longer than the ack wait
                    await message.InProgressAsync();
                }

                return Outcome.Ack;
            },
            setup => (setup.AckWait, setup.Concurrency) = (TimeSpan.FromMilliseconds(400), 2));
        await stream.SettledAsync();
        worker.Script.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Handler_LongerThanAckWait_RunsOnce()
    {
        await using TestStream stream = await server.StreamAsync();
        await using Worker worker = await OneAsync(
            stream,
            async _ =>
            {
                await Task.Delay(3000); // ten times the ack wait
                return Outcome.Ack;
            },
            setup => (setup.AckWait, setup.Concurrency) = (TimeSpan.FromMilliseconds(300), 2));
        await worker.Script.CountAsync(1);
        await stream.SettledAsync();
        worker.Script.Count.ShouldBe(1);
        (await stream.ConsumerAsync()).Redelivered.ShouldBe(0);
    }

    [Fact]
    public async Task Handler_LongerThanMaxAckExtension_IsDeliveredAgain()
    {
        await using TestStream stream = await server.StreamAsync();
        var second = new TaskCompletionSource();
        await using Worker worker = await OneAsync(
            stream,
            async message =>
            {
                if (message.DeliveryCount == 1)
                    await second.Task.WaitAsync(TimeSpan.FromSeconds(10));
                second.TrySetResult();
                return Outcome.Ack;
            },
            setup => (setup.AckWait, setup.MaxAckExtension, setup.Concurrency) = (TimeSpan.FromMilliseconds(300), TimeSpan.FromMilliseconds(600), 2));
        await worker.Script.CountAsync(2, 5);
        worker.Script.Seen[1].Since(worker.Script.Seen[0]).TotalMilliseconds.ShouldBeInRange(600, 5000);
        await worker.Log.ContainsAsync("has been in our hands for longer than MaxAckExtension");
        await stream.SettledAsync();
    }

    private static async Task<Worker> OneAsync(TestStream stream, Func<MessageContext, ValueTask<Outcome>> play, Action<ConsumerSetup>? configure = null)
    {
        await stream.PublishAsync("work.x");
        return await stream.WorkAsync(configure, new Script((message, _) => play(message)));
    }

    // Settled, and what is published afterwards is the next that comes.
    private static async Task EndedAsync(TestStream stream, Worker worker)
    {
        await stream.SettledAsync();
        worker.Script.Play = (_, _) => ValueTask.FromResult(Outcome.Ack);
        await stream.PublishAsync("work.next");
        await worker.Script.CountAsync(2);
        await stream.SettledAsync();
        worker.Script.Seen.Select(seen => seen.Subject).ShouldBe(["work.x", "work.next"]);
    }
}
