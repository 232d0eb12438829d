using Nats.Consumer.Consuming;
using Nats.Consumer.Tests.Fakes;

namespace Nats.Consumer.Tests.Settling;

/// <summary>A context that outlives its handler, while the memory of its message is used for the next one.</summary>
public class StaleContextTests
{
    private const int KeepBuffer = 16 * 1024;

    [ThreadStatic]
    private static ulong _settling;

    [Fact]
    public async Task AnyMember_AfterTheMessageWasRecycled_Throws()
    {
        Lane lane = new Lane();
        InboundMessage message = lane.Message();
        var stale = new MessageContext(message);
        message.Reset(KeepBuffer);
        lane.Fill(message, "orders.next");

        Should.Throw<InvalidOperationException>(() => stale.Subject).Message.ShouldStartWith("The message is no longer valid: its handler has completed.");
        Should.Throw<InvalidOperationException>(() => stale.Payload);
        Should.Throw<InvalidOperationException>(() => stale.Headers);
        Should.Throw<InvalidOperationException>(() => stale.StreamSequence);
        Should.Throw<InvalidOperationException>(() => stale.IsSettled);
        Should.Throw<InvalidOperationException>(() => stale.Services);
        Should.Throw<InvalidOperationException>(() => stale.Read<int>());
        Should.Throw<InvalidOperationException>(() => stale.Parameter("id"));
        await Should.ThrowAsync<InvalidOperationException>(async () => await stale.AckAsync());
        await Should.ThrowAsync<InvalidOperationException>(async () => await stale.AckSyncAsync());
        await Should.ThrowAsync<InvalidOperationException>(async () => await stale.NakAsync());
        await Should.ThrowAsync<InvalidOperationException>(async () => await stale.TermAsync());
        await Should.ThrowAsync<InvalidOperationException>(async () => await stale.InProgressAsync());
        lane.Connection.All.ShouldBeEmpty();
        new MessageContext(message).ShouldSatisfyAllConditions(next => next.IsSettled.ShouldBeFalse(), next => next.ShouldNotBe(stale));
    }

    [Fact]
    public void Default_Value_Throws() => Should.Throw<InvalidOperationException>(() => default(MessageContext).Subject);

    [Fact]
    public async Task AckAsync_RecycledWhileItSettles_DoesNotSettleTheNextMessage()
    {
        Lane lane = new Lane();
        InboundMessage message = lane.Message();
        var stale = new MessageContext(message);
        lane.Time.OnRead = () => Recycle(lane, message);
        try
        {
            await stale.AckAsync();
        }
        catch (InvalidOperationException)
        {
            // so it was noticed
        }

        lane.Connection.All.ShouldAllBe(sent => sent.Subject.StartsWith("$JS.ACK.orders.billing.1.1.", StringComparison.Ordinal));
        new MessageContext(message).IsSettled.ShouldBeFalse();
    }

    [Fact]
    public async Task InProgressAsync_RecycledWhileItSends_DoesNotSpeakForTheNextMessage()
    {
        Lane lane = new Lane();
        InboundMessage message = lane.Message();
        var stale = new MessageContext(message);
        lane.Time.OnRead = () => Recycle(lane, message);
        await stale.InProgressAsync();
        lane.Connection.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task AckAsync_FromOtherThreadsWhileMessagesAreRecycled_SettlesItsOwnMessageOnly()
    {
        Lane lane = new Lane();
        string? wrong = null;
        int settled = 0;
        lane.Connection.OnPublish = sent =>
        {
            Interlocked.Increment(ref settled);
            if (!sent.Subject.StartsWith($"$JS.ACK.orders.billing.1.{_settling}.{_settling + 100}.", StringComparison.Ordinal))
                wrong ??= $"{sent.Subject} instead of {_settling}";
        };
        InboundMessage message = lane.Message();
        var current = new StrongBox<(MessageContext Context, ulong Sequence)>((new MessageContext(message), 1));
        using var stop = new CancellationTokenSource();
        Task[] settlers = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(() => SettleAsync(() => Volatile.Read(ref current), stop.Token)))];
        for (ulong sequence = 2; Volatile.Read(ref settled) < 2_000 && sequence < 5_000_000; sequence++)
        {
            Thread.SpinWait((int)(sequence % 300));
            message.Reset(KeepBuffer);
            lane.Fill(message, sequence % 2 == 0 ? "orders.a.longer.subject" : "a");
            Volatile.Write(ref current, new((new MessageContext(message), sequence)));
        }

        await stop.CancelAsync();
        await Task.WhenAll(settlers);
        wrong.ShouldBeNull();
        settled.ShouldBeGreaterThanOrEqualTo(2_000);
    }

    private static async Task SettleAsync(Func<StrongBox<(MessageContext Context, ulong Sequence)>> current, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            (MessageContext context, _settling) = current().Value;
            try
            {
                if (!context.IsSettled)
                    await context.AckAsync(CancellationToken.None); // completes at once, on this thread
            }
            catch (InvalidOperationException)
            {
                // stale, as it should be
            }
        }
    }

    private static void Recycle(Lane lane, InboundMessage message)
    {
        lane.Time.OnRead = null;
        message.Reset(KeepBuffer);
        lane.Fill(message, "orders.next");
    }

    private sealed class StrongBox<T>(T value)
    {
        public T Value { get; } = value;
    }
}
