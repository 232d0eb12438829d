namespace Nats.Consumer;

/// <summary>
/// A durable consumer that asks the server for messages: what it can handle and no more. Any number of instances share the work.
/// </summary>
public abstract class PullConsumer : JetStreamConsumer
{
    /// <summary>
    /// How many messages are kept requested from the server and buffered, in this process. It is topped up at half. More is faster for quick handlers;
    /// for slow ones keep it small, so that other instances get their share.
    /// </summary>
    /// <value>The default is 100.</value>
    public virtual int BatchSize => 100;

    /// <summary>
    /// How many bytes of messages are kept requested and buffered at the most, as the server counts them: subject, reply subject, headers and payload. A message that is larger comes alone.
    /// </summary>
    /// <value>The default, 0, is no limit.</value>
    public virtual long MaxBytes => 0;
}
