namespace Nats.Consumer;

/// <summary>How long to wait before a message is tried again. A policy is a pure function of the attempt and a random number.</summary>
public sealed class RetryPolicy
{
    private readonly Func<int, double, TimeSpan> _delay;
    private readonly string _description;

    private RetryPolicy(Func<int, double, TimeSpan> delay, string description)
    {
        _delay = delay;
        _description = description;
    }

    /// <summary>1 second, doubling up to 5 minutes, give or take 20 %.</summary>
    public static RetryPolicy Default { get; } = Exponential(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5), jitter: 0.2);

    /// <summary>At once.</summary>
    public static RetryPolicy Immediate { get; } = Delays([TimeSpan.Zero]);

    /// <summary>A list of delays, the first for the first retry; the last one repeats.</summary>
    /// <exception cref="ArgumentException">The list is empty or has a negative delay in it.</exception>
    public static RetryPolicy Delays(IReadOnlyList<TimeSpan> delays)
    {
        ArgumentNullException.ThrowIfNull(delays);
        if (delays.Count == 0)
            throw new ArgumentException("A list of retry delays needs at least one entry.", nameof(delays));
        if (delays.Any(delay => delay < TimeSpan.Zero))
            throw new ArgumentException("A retry delay cannot be negative.", nameof(delays));
        TimeSpan[] copy = [.. delays];
        return new RetryPolicy((attempt, _) => copy[Math.Min(attempt, copy.Length) - 1], string.Join(", ", copy));
    }

    /// <summary>
    /// <paramref name="first"/> for the first retry, each further one <paramref name="factor"/> times the one before, never above <paramref name="longest"/>.
    /// </summary>
    /// <param name="first">The delay before the first retry.</param>
    /// <param name="longest">The cap, jitter included.</param>
    /// <param name="factor">The growth, at least 1.</param>
    /// <param name="jitter">How far a delay may stray to either side, as a share of itself, from 0 to 1.</param>
    public static RetryPolicy Exponential(TimeSpan first, TimeSpan longest, double factor = 2, double jitter = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(first, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(longest, first);
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(jitter);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(jitter, 1);
        return new RetryPolicy(
            (attempt, random) =>
            {
                // The cap comes before the jitter, which so remains when the cap is reached, and is not asked to multiply infinity.
                double grown = first == TimeSpan.Zero ? 0 : Math.Min(first.TotalSeconds * Math.Pow(factor, attempt - 1), longest.TotalSeconds);
                double seconds = grown * (1 + (jitter * ((2 * random) - 1)));
                return seconds >= longest.TotalSeconds ? longest : TimeSpan.FromSeconds(seconds);
            },
            $"{first} × {factor}^n up to {longest}, ± {jitter:P0}");
    }

    /// <summary>The delay before the next try.</summary>
    /// <param name="attempt">How many attempts have failed, at least 1.</param>
    /// <param name="random">A random number of [0, 1).</param>
    public TimeSpan DelayAfter(int attempt, double random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempt, 1);
        return _delay(attempt, random);
    }

    /// <inheritdoc/>
    public override string ToString() => _description;
}
