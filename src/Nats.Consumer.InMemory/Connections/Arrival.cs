using Nats.Consumer.Client;
using Nats.Consumer.Client.Wire;
using Nats.Consumer.InMemory.Broker;

namespace Nats.Consumer.InMemory.Connections;

/// <summary>What a connection receives, in order: a message, a change of the connection, or the answer to a fence.</summary>
internal readonly struct Arrival
{
    private readonly object _what;
    private readonly Envelope? _envelope;

    public Arrival(ClientSubscription subscription, Envelope envelope)
    {
        _what = subscription;
        _envelope = envelope;
    }

    public Arrival(NatsConnectionEvent change) => _what = change;

    public Arrival(TaskCompletionSource fence) => _what = fence;

    public bool IsMessage => _envelope is not null;

    public NatsConnectionEvent? Change => _what as NatsConnectionEvent;

    public TaskCompletionSource? Fence => _what as TaskCompletionSource;

    /// <returns>Completes when the connection may go on.</returns>
    public ValueTask DeliverAsync()
    {
        var frame = new Frame
        {
            Kind = FrameKind.Message,
            Length = _envelope!.Size,
            Subject = _envelope.Subject,
            ReplyTo = _envelope.ReplyTo,
            Headers = _envelope.Headers,
            Payload = _envelope.Payload,
        };
        return ((ClientSubscription)_what).Sink.OnMessageAsync(frame);
    }
}
