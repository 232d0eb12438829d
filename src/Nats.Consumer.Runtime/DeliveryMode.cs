namespace Nats.Consumer;

/// <summary>How often a message may be handled, seen from its handler.</summary>
public enum DeliveryMode
{
    /// <summary>
    /// Handled once or more: the message is acknowledged when its handler has succeeded, and comes again when the worker or the network fails in between. Handlers should bear being called twice.
    /// </summary>
    AtLeastOnce,

    /// <summary>
    /// Handled once or not at all: the acknowledgement is sent, and confirmed by the server, before the handler is called. A worker that dies in the handler loses the message, and a handler that fails
    /// is not tried again: <see cref="JetStreamConsumer.OnExhausted"/> decides at once.
    /// </summary>
    AtMostOnce,

    /// <summary>
    /// Its effects in JetStream happen once: what the handler publishes by <see cref="MessageContext.PublishAsync{T}"/> carries message ids made of the message, which the target stream stores
    /// once however often the handler runs (within its duplicate window), and the acknowledgement is confirmed by the server. Other effects of the handler are at least once.
    /// </summary>
    ExactlyOnce,
}
