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

    public ValueTask AckAsync(MessageContext context, CancellationToken cancellationToken) => SettleAsync(context, "+ACK"u8, cancellationToken);

    public async ValueTask AckSyncAsync(MessageContext context, CancellationToken cancellationToken)
    {
        InboundMessage message = context.Current;
        if (!Claim(context, message))
            return;
        try
        {
            NatsReply reply = await connection
                .RequestAsync(new OutgoingMessage { Subject = message.ReplyTo, Payload = "+ACK"u8 }, confirmTimeout, cancellationToken)
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
        Span<byte> payload = stackalloc byte[64];
        // Only a whole number of nanoseconds is understood; anything else counts as no delay at all.
        System.Text.Unicode.Utf8.TryWrite(payload, $$"""-NAK {"delay":{{JetStream.Nanoseconds.ToNanoseconds(delay)}}}""", out int length);
        return SettleAsync(context, payload[..length], cancellationToken);
    }

    public ValueTask TermAsync(MessageContext context, string? reason, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(reason) || connection.ServerInfo is not { } server || server.Version < WithTermReason)
            return SettleAsync(context, "+TERM"u8, cancellationToken);
        return SettleAsync(context, Encoding.UTF8.GetBytes($"+TERM {reason.ReplaceLineEndings(" ")}"), cancellationToken);
    }

    public ValueTask InProgressAsync(MessageContext context, CancellationToken cancellationToken)
    {
        InboundMessage message = context.Current;
        return message.IsSettled ? ValueTask.CompletedTask : SendAsync(message, "+WPI"u8, cancellationToken);
    }

    private ValueTask SettleAsync(MessageContext context, ReadOnlySpan<byte> verb, CancellationToken cancellationToken)
    {
        InboundMessage message = context.Current;
        return Claim(context, message) ? SendAsync(message, verb, cancellationToken) : ValueTask.CompletedTask;
    }

    private bool Claim(MessageContext context, InboundMessage message)
    {
        if (message.TrySettle(context.Generation))
            return true;
        Log.SettledTwice(logger, message.Consumer.Stream, message.Ack.StreamSequence);
        return false;
    }

    // What the server has given to somebody else by then is not worth telling it.
    private ValueTask SendAsync(InboundMessage message, ReadOnlySpan<byte> verb, CancellationToken cancellationToken)
    {
        TimeSpan left = message.Consumer.AckWait - time.GetElapsedTime(message.ReceivedAt);
        return connection.PublishAsync(
            new OutgoingMessage { Subject = message.ReplyTo, Payload = verb, TimeToSend = left > TimeSpan.Zero ? left : TimeSpan.FromTicks(1) }, cancellationToken);
    }
}
