namespace Nats.Consumer;

/// <summary>
/// A durable consumer that asks the server for messages: what it can handle and no more. Any number of instances share the work.
/// </summary>
public abstract class PullConsumer : JetStreamConsumer
{
    /// <summary>
    /// How many messages are kept requested from the server and buffered, in this process. It is topped up at half. More is faster for quick handlers;
    /// for slow ones keep it small, because the ack wait of a message runs while it is buffered.
    /// </summary>
    /// <value>The default is 100.</value>
    public virtual int BatchSize => 100;
}
