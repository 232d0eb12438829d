namespace Nats.Consumer.Migration;

/// <summary>The retry members of version 1 as delays. One piece of source for runtime and analyzers.</summary>
internal static class ConventionRetries
{
    public const int MaxRetries = 3;
    public const double InitialRetryDelay = 1, MaxRetryDelay = 60, BackoffFactor = 2;

    /// <summary>The delay before each retry: <c>min(initial × factor^k, longest)</c>.</summary>
    /// <param name="retries">How many there are, the first attempt not included.</param>
    /// <param name="initial">The first delay, in seconds.</param>
    /// <param name="factor">The growth.</param>
    /// <param name="longest">The cap, in seconds.</param>
    public static IReadOnlyList<TimeSpan> Delays(int retries, double initial, double factor, double longest) =>
        [.. Enumerable.Range(0, Math.Max(0, retries)).Select(retry => TimeSpan.FromSeconds(Math.Max(0, Math.Min(initial * Math.Pow(factor, retry), longest))))];
}
