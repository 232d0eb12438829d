using System.Diagnostics.CodeAnalysis;

namespace Nats.Consumer;

/// <summary>
/// A durable consumer to which the server pushes, as fast as <see cref="JetStreamConsumer.MaxAckPending"/> and flow control let it. Instances share the work as members of a deliver group. Settling, retries and dead
/// letters are those of <see cref="PullConsumer"/>, which is the better choice wherever several instances or slow handlers are to be served fairly.
/// </summary>
public abstract class PushConsumer : JetStreamConsumer
{
    /// <summary>The subject to which the server delivers. No stream may capture it, and each durable needs its own.</summary>
    /// <value>The default, <see langword="null"/>, is made of stream and durable.</value>
    [StringSyntax("NatsSubject")]
    public virtual string? DeliverSubject => null;
}
