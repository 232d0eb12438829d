namespace Nats.Consumer.Consuming;

/// <summary>What the handlers decided, and what the last of them to fail failed with.</summary>
internal readonly record struct Verdict(Outcome Outcome, Exception? Error)
{
    /// <summary>The graver of two; of two retries the longer delay.</summary>
    public Verdict And(Verdict other)
    {
        bool second = other.Outcome.Kind > Outcome.Kind || (other.Outcome.Kind == Outcome.Kind && other.Outcome.Delay > (Outcome.Delay ?? TimeSpan.Zero));
        return new Verdict(second ? other.Outcome : Outcome, other.Error ?? Error);
    }
}
