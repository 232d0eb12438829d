using Nats.Consumer.Migration;

namespace Nats.Consumer;

/// <summary>
/// A pull consumer that says with the members of the predecessor's version 1 how often and when a message is tried again. The fix of <c>NATS0608</c> writes <see cref="JetStreamConsumer.MaxDeliver"/> and
/// <see cref="JetStreamConsumer.BackoffDelays"/> instead.
/// </summary>
/// <remarks>
/// Version 1 waited in the process and held all other messages up meanwhile. Here the same delays are those of negative acks, and other messages go on. Version 1 gave an exhausted message back to the server for
/// ever; here <see cref="JetStreamConsumer.OnExhausted"/> decides.
/// </remarks>
[Obsolete("Use PullConsumer with MaxDeliver and BackoffDelays. The fix of NATS0608 writes them.", DiagnosticId = "NATS0608", UrlFormat = "https://nats-toolkit.example/docs/rules/{0}.md")]
public abstract class ConventionPullConsumer : PullConsumer
{
    /// <summary>How often a message is tried again; it is tried once more than that in all.</summary>
    /// <value>The default is 3.</value>
    public virtual int MaxRetries => ConventionRetries.MaxRetries;

    /// <summary>The delay before the first retry, in seconds.</summary>
    /// <value>The default is 1.</value>
    public virtual double InitialRetryDelay => ConventionRetries.InitialRetryDelay;

    /// <summary>The longest delay, in seconds.</summary>
    /// <value>The default is 60.</value>
    public virtual double MaxRetryDelay => ConventionRetries.MaxRetryDelay;

    /// <summary>By what each delay is multiplied for the next one.</summary>
    /// <value>The default is 2.</value>
    public virtual double BackoffFactor => ConventionRetries.BackoffFactor;

    /// <inheritdoc/>
    public override int MaxDeliver => MaxRetries + 1;

    /// <inheritdoc/>
    public override IReadOnlyList<TimeSpan> BackoffDelays => ConventionRetries.Delays(MaxRetries, InitialRetryDelay, BackoffFactor, MaxRetryDelay);
}
