using System.Globalization;

namespace Nats.Consumer.JetStream;

/// <summary>The server counts time in nanoseconds.</summary>
internal static class Nanoseconds
{
    private const long PerTick = 1_000_000 / TimeSpan.TicksPerMillisecond;

    // The server adds times to the present one in 64 bits of nanoseconds, which end in the year 2262.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(100 * 365);

    /// <summary>Longer times count as 100 years.</summary>
    public static long ToNanoseconds(this TimeSpan time) => Math.Clamp(time.Ticks, -Longest.Ticks, Longest.Ticks) * PerTick;

    /// <summary>The time of a message as the server writes it (RFC 3339), since 1970. <see cref="DateTimeOffset"/> does not hold nanoseconds.</summary>
    public static long Parse(string time)
    {
        int end = time.IndexOfAny(['Z', '+', '-'], 19);
        string zone = end < 0 ? "Z" : time[end..];
        string fraction = (end < 0 ? time : time[..end])[19..].TrimStart('.').PadRight(9, '0')[..9];
        long seconds = DateTimeOffset.Parse($"{time[..19]}{zone}", CultureInfo.InvariantCulture).ToUnixTimeSeconds();
        return (seconds * 1_000_000_000) + long.Parse(fraction, CultureInfo.InvariantCulture);
    }

    public static TimeSpan ToTimeSpan(long nanoseconds) => TimeSpan.FromTicks(nanoseconds / PerTick);
}
