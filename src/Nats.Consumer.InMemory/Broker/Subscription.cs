namespace Nats.Consumer.InMemory.Broker;

/// <summary>Somebody's interest in a subject or pattern: a client's subscription, a stream, a verb of the API, the acks of a consumer.</summary>
internal abstract class Subscription(Pattern pattern, string? queueGroup)
{
    public Pattern Pattern => pattern;

    /// <summary>Each message goes to one member of the group.</summary>
    public string? QueueGroup => queueGroup;

    /// <summary>Takes a message, under the broker's lock.</summary>
    public abstract void Receive(ref Routed message);
}

internal delegate void Receiver(ref Routed message);

/// <summary>A subscription of the server itself.</summary>
internal sealed class ServerSubscription(Pattern pattern, Receiver receiver) : Subscription(pattern, null)
{
    public override void Receive(ref Routed message) => receiver(ref message);
}
