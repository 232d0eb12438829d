using System.Buffers;
using System.Globalization;

namespace Nats.Consumer.InMemory.Api;

/// <summary>Values as Go, the language of nats-server, writes and reads them.</summary>
internal static class Go
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    private static readonly (string Unit, double Nanoseconds)[] Units =
        [("ns", 1), ("us", 1e3), ("µs", 1e3), ("μs", 1e3), ("ms", 1e6), ("s", 1e9), ("m", 60e9), ("h", 3600e9)];

    /// <summary>Reads a duration such as <c>1m30s</c> or <c>1.5s</c>.</summary>
    public static bool TryParseDuration(string text, out long nanoseconds)
    {
        nanoseconds = 0;
        ReadOnlySpan<char> rest = text;
        bool isNegative = rest.StartsWith("-");
        if (isNegative || rest.StartsWith("+"))
            rest = rest[1..];
        if (rest is "0")
            return true;
        double sum = 0;
        while (!rest.IsEmpty)
        {
            int digits = rest.IndexOfAnyExcept(Digits);
            if (digits <= 0 || !double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number))
                return false;
            rest = rest[digits..];
            int letters = rest.IndexOfAny(Digits);
            string unit = rest[..(letters < 0 ? rest.Length : letters)].ToString();
            double factor = Units.FirstOrDefault(known => known.Unit == unit).Nanoseconds;
            if (factor == 0)
                return false;
            sum += number * factor;
            rest = rest[unit.Length..];
        }

        nanoseconds = (long)(isNegative ? -sum : sum);
        return text.Length > 0 && sum >= 0;
    }

    /// <summary>Writes a duration, as in <c>1m30s</c>, <c>1.5s</c> or <c>250ms</c>.</summary>
    public static string FormatDuration(long nanoseconds)
    {
        if (nanoseconds < 0)
            return $"-{FormatDuration(-nanoseconds)}";
        if (nanoseconds == 0)
            return "0s";
        if (nanoseconds < 1_000_000_000)
        {
            (double value, string unit) = nanoseconds < 1_000 ? (nanoseconds, "ns") : nanoseconds < 1_000_000 ? (nanoseconds / 1e3, "µs") : (nanoseconds / 1e6, "ms");
            return string.Create(CultureInfo.InvariantCulture, $"{value:0.######}{unit}");
        }

        long minutes = nanoseconds / 60_000_000_000;
        decimal seconds = (nanoseconds - (minutes * 60_000_000_000)) / 1e9m;
        string text = string.Create(CultureInfo.InvariantCulture, $"{seconds:0.#########}s");
        if (minutes == 0)
            return text;
        return minutes < 60 ? $"{minutes}m{text}" : $"{minutes / 60}h{minutes % 60}m{text}";
    }

    /// <summary>Reads a time of RFC 3339 to nanoseconds of Unix time.</summary>
    public static bool TryParseTime(string text, out long nanoseconds)
    {
        nanoseconds = 0;
        if (text.Length < 20 || text[10] != 'T'
            || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time))
        {
            return false;
        }

        nanoseconds = Broker.Schedule.ToNanoseconds(time);
        return true;
    }
}
