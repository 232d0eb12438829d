namespace Nats.Consumer.JetStream;

/// <summary>The server counts time in nanoseconds.</summary>
internal static class Nanoseconds
{
    private const long PerTick = 1_000_000 / TimeSpan.TicksPerMillisecond;

    // The server adds times to the present one in 64 bits of nanoseconds, which end in the year 2262.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(100 * 365);

    /// <summary>Longer times count as 100 years.</summary>
    public static long ToNanoseconds(this TimeSpan time) => Math.Clamp(time.Ticks, -Longest.Ticks, Longest.Ticks) * PerTick;

    public static TimeSpan ToTimeSpan(long nanoseconds) => TimeSpan.FromTicks(nanoseconds / PerTick);
}
