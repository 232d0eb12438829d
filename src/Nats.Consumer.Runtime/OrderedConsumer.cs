namespace Nats.Consumer;

/// <summary>
/// Reads a stream in order, each message once, without a durable: nothing is acknowledged, no position is kept, and each start begins anew at <see cref="JetStreamConsumer.DeliverPolicy"/>. When a message is missed, the
/// connection was away or the server lost the consumer, it is made anew behind the last message (ADR-17). For caches, projections and replays; each instance gets all messages.
/// </summary>
/// <remarks>
/// A failed attempt is repeated in place while its successors wait. Durable name, ack wait and max ack pending have no meaning here, and messages are handled one at a time.
/// </remarks>
public abstract class OrderedConsumer : JetStreamConsumer
{
    /// <summary>How many messages are kept requested and buffered.</summary>
    /// <value>The default is 100.</value>
    public virtual int BatchSize => 100;
}
