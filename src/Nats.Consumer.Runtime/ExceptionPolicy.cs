namespace Nats.Consumer;

/// <summary>
/// What becomes of a message whose handler throws, by the type of the exception: the first rule that fits decides. Policies do not change; each call makes a new one.
/// </summary>
/// <example><c>ExceptionPolicy.Default.DeadLetter&lt;ValidationException&gt;().Retry&lt;HttpRequestException&gt;(TimeSpan.FromSeconds(30))</c></example>
public sealed class ExceptionPolicy
{
    private readonly Func<Exception, Outcome?>[] _rules;
    private readonly Func<Exception, Outcome> _otherwise;

    private ExceptionPolicy(Func<Exception, Outcome?>[] rules, Func<Exception, Outcome> otherwise)
    {
        _rules = rules;
        _otherwise = otherwise;
    }

    /// <summary>A payload that cannot be read makes a dead letter, and everything else is retried as long as attempts are left.</summary>
    public static ExceptionPolicy Default { get; } =
        new([], error => error is PayloadException ? Outcome.DeadLetter(ReasonOf(error)) : Outcome.Retry);

    /// <summary>Decides about exceptions of a type, those that derive from it included.</summary>
    public ExceptionPolicy On<TException>(Func<TException, Outcome> decide)
        where TException : Exception
    {
        ArgumentNullException.ThrowIfNull(decide);
        return new ExceptionPolicy([.. _rules, error => error is TException match ? decide(match) : null], _otherwise);
    }

    /// <summary>Tries again: after <paramref name="delay"/>, or after what the consumer's retry policy says.</summary>
    public ExceptionPolicy Retry<TException>(TimeSpan? delay = null)
        where TException : Exception
    {
        Outcome outcome = delay is { } exactly ? Outcome.RetryAfter(exactly) : Outcome.Retry;
        return On<TException>(_ => outcome);
    }

    /// <summary>Does not try again, and keeps a copy in the dead-letter stream.</summary>
    public ExceptionPolicy DeadLetter<TException>()
        where TException : Exception => On<TException>(error => Outcome.DeadLetter(ReasonOf(error)));

    /// <summary>Does not try again, and keeps no copy.</summary>
    public ExceptionPolicy Drop<TException>()
        where TException : Exception => On<TException>(error => Outcome.Drop(ReasonOf(error)));

    /// <summary>Decides about every exception that no rule fits, in place of <see cref="Default"/>: <c>Otherwise(error => Outcome.DeadLetter(error.Message))</c> retries only what the rules say.</summary>
    public ExceptionPolicy Otherwise(Func<Exception, Outcome> decide)
    {
        ArgumentNullException.ThrowIfNull(decide);
        return new ExceptionPolicy(_rules, decide);
    }

    /// <summary>What an exception means.</summary>
    public Outcome Decide(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        foreach (Func<Exception, Outcome?> rule in _rules)
        {
            if (rule(error) is { } outcome)
                return outcome;
        }

        return _otherwise(error);
    }

    internal static string ReasonOf(Exception error) => string.IsNullOrWhiteSpace(error.Message) ? error.GetType().Name : error.Message;
}
