using System.Text;
using Microsoft.Extensions.Logging;
using Nats.Consumer.Client;
using Nats.Consumer.Consuming;

namespace Nats.Consumer.Settling;

/// <summary>Tells the server what was decided. Each delivery is settled once; a second time is logged and does nothing.</summary>
internal sealed class Settler(INatsConnection connection, TimeProvider time, TimeSpan confirmTimeout, ILogger logger)
{
    // A reason makes older servers ignore the whole +TERM (seen on 2.9.10).
    private static readonly Version WithTermReason = new(2, 10, 4);

    private static readonly TimeSpan ConfirmPause = TimeSpan.FromMilliseconds(100);

    private const int UsualReplyLength = 512;
    private const int LongestReason = 500;

    public ValueTask AckAsync(MessageContext context, CancellationToken cancellationToken) => SettleAsync(context, "+ACK"u8, cancellationToken);

    /// <summary>Acknowledges, and asks again until the server has confirmed it or its ack wait is over.</summary>
    /// <exception cref="NatsException">It was not confirmed.</exception>
    public async ValueTask ConfirmAckAsync(MessageContext context, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await AckSyncAsync(context, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (NatsException) when (TimeLeft(context.Current) > confirmTimeout)
            {
                await Task.Delay(ConfirmPause, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public async ValueTask AckSyncAsync(MessageContext context, CancellationToken cancellationToken)
    {
        InboundMessage message = context.Current;
        if (message.Consumer.AcksNothing)
        {
            Claim(context, message);
            return;
        }

        byte[] replyTo = message.CopyReplyTo([]).ToArray();
        if (!Claim(context, message))
            return;
        try
        {
            NatsReply reply = await connection
                .RequestAsync(new OutgoingMessage { Subject = replyTo, Payload = "+ACK"u8 }, confirmTimeout, cancellationToken)
                .ConfigureAwait(false);
            _ = reply.Message; // throws when there is none
        }
        catch
        {
            message.Unsettle(context.Generation);
            throw;
        }
    }

    public ValueTask NakAsync(MessageContext context, TimeSpan delay, CancellationToken cancellationToken)
    {
        if (delay <= TimeSpan.Zero)
            return SettleAsync(context, "-NAK"u8, cancellationToken);
        InboundMessage message = context.Current;
        delay = message.Consumer.Deadlines.NakDelay(delay, message.Ack.Delivered);
        Span<byte> payload = stackalloc byte[64];
        // Only a whole number of nanoseconds is understood; anything else counts as no delay at all.
        System.Text.Unicode.Utf8.TryWrite(payload, $$"""-NAK {"delay":{{JetStream.Nanoseconds.ToNanoseconds(delay)}}}""", out int length);
        return SettleAsync(context, payload[..length], cancellationToken);
    }

    public ValueTask TermAsync(MessageContext context, string? reason, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(reason) || connection.ServerInfo is not { } server || server.Version < WithTermReason)
            return SettleAsync(context, "+TERM"u8, cancellationToken);
        return SettleAsync(context, Encoding.UTF8.GetBytes($"+TERM {OneLine.Of(reason, LongestReason, " ")}"), cancellationToken);
    }

    public ValueTask InProgressAsync(MessageContext context, CancellationToken cancellationToken)
    {
        InboundMessage message = context.Current;
        ReadOnlySpan<byte> replyTo = message.CopyReplyTo(stackalloc byte[UsualReplyLength]);
        TimeSpan left = TimeLeft(message);
        if (message.Consumer.AcksNothing || !message.IsOpen(context.Generation))
            return ValueTask.CompletedTask;
        long now = time.GetTimestamp();
        (message.ExtendedAt, message.HeldSince) = (now, now);
        return SendAsync(replyTo, "+WPI"u8, left, cancellationToken);
    }

    private ValueTask SettleAsync(MessageContext context, ReadOnlySpan<byte> verb, CancellationToken cancellationToken)
    {
        InboundMessage message = context.Current;
        ReadOnlySpan<byte> replyTo = message.CopyReplyTo(stackalloc byte[UsualReplyLength]);
        TimeSpan left = TimeLeft(message);
        return Claim(context, message) && !message.Consumer.AcksNothing ? SendAsync(replyTo, verb, left, cancellationToken) : ValueTask.CompletedTask;
    }

    // What is sent is copied from the message before: when the claim succeeds it was this delivery's, whatever becomes of the message meanwhile.
    private bool Claim(MessageContext context, InboundMessage message)
    {
        if (message.TrySettle(context.Generation))
            return true;
        if (!message.IsSettledAhead)
            Log.SettledTwice(logger, context.Stream, context.StreamSequence);
        return false;
    }

    private TimeSpan TimeLeft(InboundMessage message) => message.AckWait - time.GetElapsedTime(message.ExtendedAt);

    // What the server has given to somebody else by then is not worth telling it.
    private ValueTask SendAsync(ReadOnlySpan<byte> replyTo, ReadOnlySpan<byte> verb, TimeSpan left, CancellationToken cancellationToken) => connection.PublishAsync(
        new OutgoingMessage { Subject = replyTo, Payload = verb, TimeToSend = left > TimeSpan.Zero ? left : TimeSpan.FromTicks(1) }, cancellationToken);
}
