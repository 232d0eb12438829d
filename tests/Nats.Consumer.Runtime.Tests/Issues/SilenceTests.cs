using Nats.Consumer.Client;
using Nats.Consumer.Consuming;
using Nats.Consumer.JetStream;
using Nats.Consumer.Testing;
using Nats.Consumer.Tests.Fakes;

namespace Nats.Consumer.Tests.Issues;

/// <summary>
/// While nothing is requested the server has nothing to say. A handler that took longer than two heartbeats made the next pull look unanswered at once: the consumer was looked at, and everything was requested
/// a second time.
/// </summary>
public class SilenceTests
{
    private readonly VirtualTime _time = new();
    private readonly Lane _lane = new();
    private int _ensured;

    [Fact]
    public async Task Pull_AfterALongPauseOfOurs_IsGivenItsTime()
    {
        using PullSource source = await StartAsync();
        await DeliverAsync(1);
        InboundMessage message = source.Queue.Messages.TryRead(out InboundMessage? taken) ? taken : throw new InvalidOperationException("nothing came");
        await PassAsync(60); // the window is full: a handler is at work on what came before
        source.Taken(message);
        _lane.Connection.Published.Count(sent => sent.Subject.Contains("MSG.NEXT", StringComparison.Ordinal)).ShouldBe(2);
        await PassAsync(9);
        _ensured.ShouldBe(0);
        await PassAsync(9);
        _ensured.ShouldBe(1, "now it is silent");
        await source.StopAsync(CancellationToken.None);
    }

    private async Task<PullSource> StartAsync()
    {
        Task Ensure(CancellationToken cancellationToken)
        {
            _ensured++;
            return Task.CompletedTask;
        }

        var source = new PullSource(_lane.Connection, _lane.Context, new PullWindow(1), Ensure, _ => { }, _time, _lane.Log);
        await source.StartAsync(CancellationToken.None);
        return source;
    }

    private ValueTask DeliverAsync(ulong sequence) => _lane.Connection.Sink!.OnMessageAsync(new ReceivedMessage("orders.created"u8, Lane.Reply(sequence, 1), default, "{}"u8));

    // In steps, so that what waits for the clock gets its turn.
    private async Task PassAsync(int seconds)
    {
        for (int i = 0; i < seconds; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(3);
        }
    }
}
