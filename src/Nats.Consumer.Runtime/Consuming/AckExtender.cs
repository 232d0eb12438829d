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
        foreach (InboundMessage message in pool.All)
            Extend(message, time.GetTimestamp());
    }

    private void Extend(InboundMessage message, long now)
    {
        int generation = message.Generation; // first: what is read afterwards counts only if it is still the same
        TimeSpan waited = time.GetElapsedTime(message.ExtendedAt, now);
        if (!message.IsHeld || message.IsSettled || waited < message.AckWait / 3)
            return;
        if (!message.IsStarted && waited >= message.AckWait)
            return; // the server has taken it back, and it will not be started
        if (!message.IsWaiting && time.GetElapsedTime(message.HeldSince, now) >= longest)
        {
            if (!message.IsOverdue && message.IsOpen(generation))
            {
                message.IsOverdue = true;
                Log.NotExtendedAnyMore(logger, message.Ack.StreamSequence, message.Consumer.Stream, longest);
            }

            return;
        }

        ReadOnlySpan<byte> replyTo = message.CopyReplyTo(stackalloc byte[UsualReplyLength]);
        if (!message.TryBeginExtension(generation))
            return;
        try
        {
            ValueTask sent = connection.PublishAsync(new OutgoingMessage { Subject = replyTo, Payload = "+WPI"u8, DropOnDisconnect = true });
            message.ExtendedAt = now;
            if (!sent.IsCompletedSuccessfully)
                _ = ObserveAsync(sent);
        }
        catch (NatsException)
        {
            // Closed for good, and so will be the consumer.
        }
        finally
        {
            message.EndExtension();
        }
    }

    // What waits for room in the outbox and gets none is as good as not sent: the ack wait ends, as it does without a connection.
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
