using Microsoft.Extensions.Logging;
using Nats.Consumer.Client;
using Nats.Consumer.Consuming;
using Nats.Consumer.JetStream;

namespace Nats.Consumer.Settling;

/// <summary>Tells the server what was decided. Each delivery is settled once; a second time is logged and does nothing.</summary>
internal sealed class Settler(INatsConnection connection, TimeProvider time, TimeSpan confirmTimeout, ILogger logger)
{
    private static readonly TimeSpan ConfirmPause = TimeSpan.FromMilliseconds(100);

    private const int UsualReplyLength = 512;

    private long _owedUntil;

    /// <summary>For how long a settlement that waits for a connection is worth sending; zero or less when none is.</summary>
    public TimeSpan Owed => Volatile.Read(ref _owedUntil) is var until and not 0 ? time.GetElapsedTime(time.GetTimestamp(), until) : TimeSpan.Zero;

    public ValueTask AckAsync(MessageContext context, CancellationToken cancellationToken) => SettleAsync(context, AckVerbs.Ack, cancellationToken);

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
                .RequestAsync(new OutgoingMessage { Subject = replyTo, Payload = AckVerbs.Ack }, confirmTimeout, cancellationToken)
                .ConfigureAwait(false);
            _ = reply.Message; // throws when there is none
        }
        catch
        {
            message.Unsettle(context.Generation);
            throw;
        }
    }

    /// <summary>Asks for the message again, unless its ack wait is over: somebody may have it by then, and the server would take it from them for a negative ack of ours.</summary>
    public ValueTask NakAsync(MessageContext context, TimeSpan delay, CancellationToken cancellationToken)
    {
        InboundMessage message = context.Current;
        if (!message.Consumer.AcksNothing && TimeLeft(message) <= TimeSpan.Zero)
        {
            (ulong sequence, string stream) = (message.Ack.StreamSequence, message.Consumer.Stream);
            if (Claim(context, message))
                Log.TooLateForNak(logger, sequence, stream);
            return ValueTask.CompletedTask;
        }

        if (delay <= TimeSpan.Zero)
            return SettleAsync(context, AckVerbs.Nak(TimeSpan.Zero, []), cancellationToken);
        delay = message.Consumer.Deadlines.NakDelay(delay, message.Ack.Delivered);
        return SettleAsync(context, AckVerbs.Nak(delay, stackalloc byte[AckVerbs.LongestNak]), cancellationToken);
    }

    public ValueTask TermAsync(MessageContext context, string? reason, CancellationToken cancellationToken) =>
        SettleAsync(context, AckVerbs.Term(reason, connection.ServerInfo), cancellationToken);

    public ValueTask InProgressAsync(MessageContext context, CancellationToken cancellationToken)
    {
        InboundMessage message = context.Current;
        ReadOnlySpan<byte> replyTo = message.CopyReplyTo(stackalloc byte[UsualReplyLength]);
        TimeSpan left = TimeLeft(message);
        if (message.Consumer.AcksNothing || !message.IsOpen(context.Generation))
            return ValueTask.CompletedTask;
        (long before, long now) = (message.ExtendedAt, time.GetTimestamp());
        message.HeldSince = now;
        ValueTask sent = SendAsync(replyTo, AckVerbs.InProgress, left, cancellationToken);
        if (sent.IsCompletedSuccessfully)
            _ = AckExtension.CountAsync([new AckExtension(message, before)], now, connection);
        return sent;
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
    private ValueTask SendAsync(ReadOnlySpan<byte> replyTo, ReadOnlySpan<byte> verb, TimeSpan left, CancellationToken cancellationToken)
    {
        if (connection.State != NatsConnectionState.Connected && left > TimeSpan.Zero)
            Owe(time.GetTimestamp() + (long)(left.TotalSeconds * time.TimestampFrequency));
        return connection.PublishAsync(new OutgoingMessage { Subject = replyTo, Payload = verb, TimeToSend = left > TimeSpan.Zero ? left : TimeSpan.FromTicks(1) }, cancellationToken);
    }

    private void Owe(long until)
    {
        long owed = Volatile.Read(ref _owedUntil);
        while (until > owed && Interlocked.CompareExchange(ref _owedUntil, until, owed) is var now && now != owed)
            owed = now;
    }
}
