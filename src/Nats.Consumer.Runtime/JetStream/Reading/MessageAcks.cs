using Nats.Consumer.Client;
using Nats.Consumer.Consuming;
using Nats.Consumer.Payloads;

namespace Nats.Consumer.JetStream;

/// <summary>Settles messages that were read by hand, each delivery once.</summary>
internal sealed class MessageAcks(ReadingTools tools, string stream, string consumer)
{
    public string Stream => stream;

    public string Consumer => consumer;

    public PayloadSerializer Payloads => tools.Payloads;

    /// <summary>How long the server waits for settlements.</summary>
    public AckDeadlines Deadlines { get; init; } = new(TimeSpan.FromSeconds(30), []);

    /// <summary>Whether the server expects no settlements at all.</summary>
    public bool AcksNothing { get; init; }

    public ValueTask AckAsync(JetStreamMessage message, CancellationToken cancellationToken) => SettleAsync(message, AckVerbs.Ack, cancellationToken);

    public async ValueTask AckSyncAsync(JetStreamMessage message, CancellationToken cancellationToken)
    {
        if (!Claim(message) || AcksNothing)
            return;
        try
        {
            NatsReply reply = await tools.Connection
                .RequestAsync(new OutgoingMessage { Subject = message.ReplyTo, Payload = AckVerbs.Ack }, tools.Api.Timeout, cancellationToken)
                .ConfigureAwait(false);
            _ = reply.Message; // throws when there is none
        }
        catch
        {
            message.Unsettle();
            throw;
        }
    }

    public ValueTask NakAsync(JetStreamMessage message, TimeSpan delay, CancellationToken cancellationToken) => SettleAsync(
        message, AckVerbs.Nak(delay > TimeSpan.Zero ? Deadlines.NakDelay(delay, message.DeliveryCount) : TimeSpan.Zero, stackalloc byte[AckVerbs.LongestNak]), cancellationToken);

    public ValueTask TermAsync(JetStreamMessage message, string? reason, CancellationToken cancellationToken) =>
        SettleAsync(message, AckVerbs.Term(reason, tools.Connection.ServerInfo), cancellationToken);

    public ValueTask InProgressAsync(JetStreamMessage message, CancellationToken cancellationToken)
    {
        if (message.IsSettled || AcksNothing)
            return ValueTask.CompletedTask;
        TimeSpan left = TimeLeft(message);
        message.ReceivedAt = tools.Time.GetTimestamp();
        return SendAsync(message, AckVerbs.InProgress, left, cancellationToken);
    }

    private ValueTask SettleAsync(JetStreamMessage message, ReadOnlySpan<byte> verb, CancellationToken cancellationToken) =>
        Claim(message) && !AcksNothing ? SendAsync(message, verb, TimeLeft(message), cancellationToken) : ValueTask.CompletedTask;

    private bool Claim(JetStreamMessage message)
    {
        if (message.TrySettle())
            return true;
        Log.SettledTwice(tools.Logger, stream, message.StreamSequence);
        return false;
    }

    private TimeSpan TimeLeft(JetStreamMessage message) => Deadlines.After(message.DeliveryCount) - tools.Time.GetElapsedTime(message.ReceivedAt);

    // What the server has given to somebody else by then is not worth telling it.
    private ValueTask SendAsync(JetStreamMessage message, ReadOnlySpan<byte> verb, TimeSpan left, CancellationToken cancellationToken) => tools.Connection.PublishAsync(
        new OutgoingMessage { Subject = message.ReplyTo, Payload = verb, TimeToSend = left > TimeSpan.Zero ? left : TimeSpan.FromTicks(1) }, cancellationToken);
}
