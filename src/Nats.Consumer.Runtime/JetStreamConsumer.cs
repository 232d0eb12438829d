using System.Diagnostics.CodeAnalysis;

namespace Nats.Consumer;

/// <summary>What every kind of consumer states of itself. Derive from <see cref="PullConsumer"/>, or else from <see cref="PushConsumer"/> or <see cref="OrderedConsumer"/>.</summary>
public abstract class JetStreamConsumer
{
    /// <summary>The name in logs, configuration and on the command line.</summary>
    /// <value>The default is the name of the class.</value>
    public virtual string Name => GetType().Name;

    /// <summary>The stream that the consumer reads.</summary>
    public abstract string StreamName { get; }

    /// <summary>The connection to the server that has the stream: a name of <c>Nats:Connections</c>.</summary>
    /// <value>The default, <see langword="null"/>, is the default connection, that of section <c>Nats</c> itself.</value>
    public virtual string? Connection => null;

    /// <summary>What the consumer takes from the stream, at the most; the filter on the server is what its handlers take within this.</summary>
    /// <value>The default is everything (<c>></c>).</value>
    [StringSyntax("NatsSubjectPattern")]
    public virtual IReadOnlyList<string> Subjects => [">"];

    /// <summary>
    /// The handler classes, in the order in which they run. Each class that has a pattern for the subject runs, by its own most specific pattern.
    /// </summary>
    /// <value>The default, an empty list, means every handler class of the application that takes something of <see cref="Subjects"/>, ordered by full name.</value>
    public virtual IReadOnlyList<Type> Handlers => [];

    /// <summary>
    /// The name of the durable consumer on the server, which remembers the position. Instances with the same durable share the work.
    /// </summary>
    /// <value>The default, <see langword="null"/>, is derived from the application's name and the class's: unlike classes never share a durable.</value>
    public virtual string? DurableName => null;

    /// <summary>
    /// How often a message is tried, the first time included. When the last attempt fails, <see cref="OnExhausted"/> decides.
    /// The server's <c>max_deliver</c> is set some higher, so that a settlement that fails can still come back.
    /// </summary>
    /// <value>The default is 5.</value>
    public virtual int MaxDeliver => 5;

    /// <summary>How long the server waits for a settlement before it delivers a message again.</summary>
    /// <value>The default is 30 seconds, the server's own.</value>
    public virtual TimeSpan AckWait => TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long the server may have messages delivered and not settled, over all instances of the durable. Messages that wait for their retry count.
    /// </summary>
    /// <value>The default is 1,000, the server's own.</value>
    public virtual int MaxAckPending => 1000;

    /// <summary>
    /// The delay before each retry: the first after the first failure, and so on; the last one repeats. They are kept by delayed negative acks; the server's
    /// <c>backoff</c> is never set, because it would replace <see cref="AckWait"/> and does not apply to failures (seen on nats-server 2.9 to 2.15).
    /// </summary>
    /// <value>The default, an empty list, means <see cref="Retry"/>.</value>
    public virtual IReadOnlyList<TimeSpan> BackoffDelays => [];

    /// <summary>How long to wait before each retry.</summary>
    /// <value>The default is <see cref="BackoffDelays"/> if there are any, else 1 second doubling up to 5 minutes, give or take 20 %.</value>
    public virtual RetryPolicy Retry => BackoffDelays.Count > 0 ? RetryPolicy.Delays(BackoffDelays) : RetryPolicy.Default;

    /// <summary>What becomes of a message whose attempts are exhausted.</summary>
    /// <value>The default is <see cref="ErrorAckBehavior.DeadLetter"/>.</value>
    public virtual ErrorAckBehavior OnExhausted => ErrorAckBehavior.DeadLetter;

    /// <summary>What becomes of a message by what its handler throws.</summary>
    /// <value>The default retries everything but payloads that cannot be read.</value>
    public virtual ExceptionPolicy Exceptions => ExceptionPolicy.Default;

    /// <summary>How often a message may be handled, seen from its handler.</summary>
    /// <value>The default is <see cref="DeliveryMode.AtLeastOnce"/>.</value>
    public virtual DeliveryMode Delivery => DeliveryMode.AtLeastOnce;

    /// <summary>Where a new durable starts.</summary>
    /// <value>The default is <see cref="DeliverPolicy.All"/>.</value>
    public virtual DeliverPolicy DeliverPolicy => DeliverPolicy.All;

    /// <summary>The first message of a new durable, with <see cref="DeliverPolicy.ByStartSequence"/>.</summary>
    public virtual ulong StartSequence => 1;

    /// <summary>From when on a new durable takes messages, with <see cref="DeliverPolicy.ByStartTime"/>.</summary>
    public virtual DateTimeOffset StartTime => DateTimeOffset.UnixEpoch;

    /// <summary>How long the server keeps the durable while nobody consumes it.</summary>
    /// <value>The default, <see langword="null"/>, is for ever. A durable that is deleted loses its position.</value>
    public virtual TimeSpan? InactiveThreshold => null;

    /// <summary>How many messages may be handled at a time in this process. With more than 1 the order of messages is not kept, unless <see cref="OrderBy"/> says by what.</summary>
    /// <value>The default is 1.</value>
    public virtual int Concurrency => 1;

    /// <summary>
    /// A <c>{token}</c> of <see cref="Subjects"/> whose messages stay in order: at any time one message of a key is handled in this process, and while it waits for its retry, its successors wait too
    /// and other keys go on. Retries then take place here instead of going back to the server, and an attempt that a crash interrupts is counted anew.
    /// </summary>
    /// <remarks>The order holds in one process. Instances that share the durable share its messages, whatever their keys.</remarks>
    /// <value>The default, <see langword="null"/>, keeps no order.</value>
    public virtual string? OrderBy => null;

    /// <summary>
    /// How many messages a batch handler, which takes an <c>IReadOnlyList&lt;Message&lt;T&gt;&gt;</c>, gets at a time at the most. It gets those that are there; order is kept among the messages of one method.
    /// </summary>
    /// <value>The default is 100.</value>
    public virtual int MaxMessages => 100;

    /// <summary>How long a batch that is not full waits for more messages.</summary>
    /// <value>The default, zero, does not wait: under load batches grow by themselves.</value>
    public virtual TimeSpan MaxWait => TimeSpan.Zero;

    /// <summary>How long a handler may take before its cancellation token is cancelled; the attempt has then failed.</summary>
    /// <value>The default, <see langword="null"/>, is no limit.</value>
    public virtual TimeSpan? HandlerTimeout => null;

    /// <summary>
    /// For how long in all the server is told that a message is in progress, from its receipt on. The worker does that by itself at a third of the ack wait, so that neither waiting in the buffer nor a
    /// slow handler makes the server deliver a message twice; afterwards the server takes the handler for stuck.
    /// </summary>
    /// <value>The default is 10 minutes. Zero: the server is not told at all.</value>
    public virtual TimeSpan MaxAckExtension => TimeSpan.FromMinutes(10);

    /// <summary>The stream operations that <c>setup</c> and <c>run --setup</c> apply, in order.</summary>
    protected internal virtual IEnumerable<StreamOperation> Setup() => [];

    /// <summary>
    /// Told of a message whose attempts are exhausted, before <see cref="OnExhausted"/> is applied. May settle the message itself.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="error">What the last attempt failed with.</param>
    /// <param name="deliveryCount">How often the message was delivered.</param>
    /// <param name="cancellationToken">Cancelled when the worker must stop at once.</param>
    [SuppressMessage("Naming", "CA1716:Identifiers should not match keywords", Justification = "The predecessors' name, and C# has no such keyword.")]
    protected internal virtual ValueTask HandleErrorAsync(MessageContext message, Exception error, int deliveryCount, CancellationToken cancellationToken) =>
        ValueTask.CompletedTask;
}
