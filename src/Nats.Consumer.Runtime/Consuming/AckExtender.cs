using Microsoft.Extensions.Logging;
using Nats.Consumer.Client;

namespace Nats.Consumer.Consuming;

/// <summary>
/// Tells the server of every delivery in our hands that it is in progress, from its receipt on, so that waiting in the buffer or a slow handler does not make the server deliver it again. Ends after
/// a time: a handler that never returns must not hold its message for ever.
/// </summary>
internal sealed class AckExtender(InboundMessagePool pool, INatsConnection connection, TimeSpan longest, TimeProvider time, ILogger logger)
{
    private const int UsualReplyLength = 512;

    /// <summary>How often to look, so that a delivery is extended between a third and a half of its ack wait.</summary>
    public static TimeSpan Tick(AckDeadlines deadlines)
    {
        TimeSpan shortest = deadlines.Backoff.Count > 0 ? deadlines.Backoff.Min() : deadlines.AckWait;
        return shortest / 6 is var tick && tick > TimeSpan.FromMilliseconds(1) ? tick : TimeSpan.FromMilliseconds(1);
    }

    public async Task RunAsync(TimeSpan tick, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(tick, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
                ExtendAll();
        }
        catch (OperationCanceledException)
        {
            // the consumer has ended
        }
    }

    /// <summary>Looks once.</summary>
    public void ExtendAll()
    {
        if (connection.State != NatsConnectionState.Connected)
            return;
        long now = time.GetTimestamp();
        List<AckExtension>? sent = null;
        foreach (InboundMessage message in pool.All)
        {
            long before = message.ExtendedAt;
            if (TryExtend(message, before, now))
                (sent ??= []).Add(new AckExtension(message, before));
        }

        if (sent is not null)
            _ = AckExtension.CountAsync(sent, now, connection);
    }

    private bool TryExtend(InboundMessage message, long before, long now)
    {
        int generation = message.Generation; // first: what is read afterwards counts only if it is still the same
        TimeSpan waited = time.GetElapsedTime(before, now);
        if (!message.IsHeld || message.IsSettled || waited < message.AckWait / 3)
            return false;
        if (!message.IsStarted && waited >= message.AckWait)
            return false; // the server has taken it back, and it will not be started
        if (!message.IsWaiting && time.GetElapsedTime(message.HeldSince, now) >= longest)
        {
            if (!message.IsOverdue && message.IsOpen(generation))
            {
                message.IsOverdue = true;
                Log.NotExtendedAnyMore(logger, message.Ack.StreamSequence, message.Consumer.Stream, longest);
            }

            return false;
        }

        ReadOnlySpan<byte> replyTo = message.CopyReplyTo(stackalloc byte[UsualReplyLength]);
        if (!message.TryBeginExtension(generation))
            return false;
        try
        {
            ValueTask sent = connection.PublishAsync(new OutgoingMessage { Subject = replyTo, Payload = "+WPI"u8, DropOnDisconnect = true });
            if (sent.IsCompletedSuccessfully)
                return true;
            _ = ObserveAsync(sent);
            return false;
        }
        catch (NatsException)
        {
            return false; // closed for good, and so will be the consumer
        }
        finally
        {
            message.EndExtension();
        }
    }

    // What waits for room in the outbox is as good as not sent, and sent again at the next look.
    private static async Task ObserveAsync(ValueTask sent)
    {
        try
        {
            await sent.ConfigureAwait(false);
        }
        catch (NatsException)
        {
        }
    }
}
