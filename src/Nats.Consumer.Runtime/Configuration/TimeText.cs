using System.Globalization;

namespace Nats.Consumer.Configuration;

/// <summary>Times as people write them: <c>500ms</c>, <c>30s</c>, <c>5m</c>, <c>1h</c>, <c>7d</c>, or <c>hours:minutes:seconds</c>. A bare number is none, since .NET would take it for days.</summary>
internal static class TimeText
{
    public const string HowTo = "Write it as 500ms, 30s, 5m, 1h or 7d, or as hours:minutes:seconds, as in 00:00:30";

    private static readonly (string Unit, double Milliseconds)[] Units = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)];

    public static bool TryParse(string text, out TimeSpan time)
    {
        text = text.Trim();
        time = default;
        if (text == "0")
            return true;
        if (text.Contains(':', StringComparison.Ordinal))
            return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out time);
        foreach ((string unit, double milliseconds) in Units)
        {
            if (!text.EndsWith(unit, StringComparison.OrdinalIgnoreCase) || !double.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out double number))
                continue;
            if (Math.Abs(number * milliseconds) >= TimeSpan.MaxValue.TotalMilliseconds)
                return false;
            time = TimeSpan.FromMilliseconds(number * milliseconds);
            return true;
        }

        return false;
    }

    /// <summary>The shortest of these ways to write it.</summary>
    public static string Of(TimeSpan time)
    {
        foreach ((string unit, double milliseconds) in Units.Reverse())
        {
            double number = time.TotalMilliseconds / milliseconds;
            if (number >= 1 && number == Math.Floor(number))
                return number.ToString("0", CultureInfo.InvariantCulture) + unit;
        }

        return time == TimeSpan.Zero ? "0" : time.ToString("c", CultureInfo.InvariantCulture);
    }
}
