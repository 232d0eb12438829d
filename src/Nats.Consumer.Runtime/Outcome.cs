namespace Nats.Consumer;

/// <summary>What a handler can decide about a message. The order is the order of gravity.</summary>
public enum OutcomeKind
{
    /// <summary>Done.</summary>
    Ack,

    /// <summary>Not wanted: never again, no copy.</summary>
    Drop,

    /// <summary>Again later, while attempts are left.</summary>
    Retry,

    /// <summary>Never again, a copy goes to the dead-letter stream.</summary>
    DeadLetter,
}

/// <summary>What a handler decides about a message; the settlement is what the server is told in consequence.</summary>
public readonly record struct Outcome
{
    private Outcome(OutcomeKind kind, TimeSpan? delay = null, string? reason = null)
    {
        Kind = kind;
        Delay = delay;
        Reason = reason;
    }

    /// <summary>The message is handled.</summary>
    public static Outcome Ack => default;

    /// <summary>Try again after the delay of the consumer's retry policy. When no attempt is left the message is settled as <see cref="JetStreamConsumer.OnExhausted"/> says.</summary>
    public static Outcome Retry => new(OutcomeKind.Retry);

    /// <summary>What was decided.</summary>
    public OutcomeKind Kind { get; }

    /// <summary>The delay of <see cref="RetryAfter"/>.</summary>
    public TimeSpan? Delay { get; }

    /// <summary>The reason of <see cref="DeadLetter"/> and <see cref="Drop"/>.</summary>
    public string? Reason { get; }

    /// <summary>Try again after exactly this delay. It counts as an attempt.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The delay is negative.</exception>
    public static Outcome RetryAfter(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        return new Outcome(OutcomeKind.Retry, delay);
    }

    /// <summary>The message can never be handled: keep a copy in the dead-letter stream and do not deliver it again.</summary>
    public static Outcome DeadLetter(string reason) => new(OutcomeKind.DeadLetter, reason: Required(reason));

    /// <summary>The message is of no interest: do not deliver it again, keep no copy.</summary>
    public static Outcome Drop(string reason) => new(OutcomeKind.Drop, reason: Required(reason));

    private static string Required(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return reason;
    }
}
