namespace Nats.Consumer.Consuming;

/// <summary>What the handlers decided, and what the one that decided it failed with (or else another one that failed).</summary>
internal readonly record struct Verdict(Outcome Outcome, Exception? Error)
{
    /// <summary>Whether <see cref="Error"/> was thrown by a handler, rather than being a reason of the fallback's.</summary>
    public bool IsFailure { get; init; }

    /// <summary>Of several retries one left the delay to the policy: it is the policy's, but not less than the outcome's.</summary>
    public bool AtLeastByPolicy { get; private init; }

    /// <summary>The graver of two; of two retries the longer delay.</summary>
    public Verdict And(Verdict other)
    {
        bool isFailure = IsFailure || other.IsFailure;
        if (Outcome.Kind != other.Outcome.Kind)
            return Outcome.Kind > other.Outcome.Kind ? this with { Error = Error ?? other.Error, IsFailure = isFailure } : other with { Error = other.Error ?? Error, IsFailure = isFailure };
        bool isLonger = other.Outcome.Delay > (Outcome.Delay ?? TimeSpan.MinValue);
        return new Verdict(isLonger ? other.Outcome : Outcome, Error ?? other.Error) { AtLeastByPolicy = LeavesDelay || other.LeavesDelay, IsFailure = isFailure };
    }

    /// <summary>When to try again, given what the policy says.</summary>
    public TimeSpan DelayOr(TimeSpan policy) => LeavesDelay && !(Outcome.Delay > policy) ? policy : Outcome.Delay ?? policy;

    private bool LeavesDelay => Outcome.Kind == OutcomeKind.Retry && (AtLeastByPolicy || Outcome.Delay is null);
}
