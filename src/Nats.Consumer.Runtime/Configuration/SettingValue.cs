using System.Globalization;
using Microsoft.Extensions.Configuration;
using Nats.Consumer.Prefixing;

namespace Nats.Consumer.Configuration;

/// <summary>Reads values of the configuration; an error has the key's path.</summary>
internal static class SettingValue
{
    /// <exception cref="ConsumerConfigurationException">There is no value, but a section.</exception>
    public static string Text(IConfigurationSection section) =>
        section.Value ?? throw new ConsumerConfigurationException($"{section.Path} takes one value, and it has the keys {string.Join(", ", section.GetChildren().Select(child => child.Key))}.");

    /// <summary>An empty value means none.</summary>
    public static string? OptionalText(IConfigurationSection section) => Text(section) is { Length: > 0 } text ? text : null;

    public static string? OptionalSubjectPrefix(IConfigurationSection section)
    {
        try
        {
            return OptionalText(section) is { } text ? SubjectPrefix.Parse(text).Name : null;
        }
        catch (ArgumentException e)
        {
            throw new ConsumerConfigurationException($"{section.Path}: {e.Message.Replace($" (Parameter '{e.ParamName}')", "", StringComparison.Ordinal)}", e);
        }
    }

    public static int Int(IConfigurationSection section) => (int)Whole(section, int.MinValue, int.MaxValue);

    public static long Long(IConfigurationSection section) => Whole(section, long.MinValue, long.MaxValue);

    public static ulong Sequence(IConfigurationSection section) => (ulong)Whole(section, 0, long.MaxValue);

    public static bool Bool(IConfigurationSection section) =>
        bool.TryParse(Text(section), out bool value) ? value : throw Wrong(section, "neither true nor false");

    public static double Number(IConfigurationSection section) =>
        double.TryParse(Text(section), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : throw Wrong(section, "no number", "Write it with a dot, as in 1.5");

    public static TimeSpan Time(IConfigurationSection section) =>
        TimeText.TryParse(Text(section), out TimeSpan time) ? time : throw Wrong(section, "no time", TimeText.HowTo);

    public static TimeSpan PositiveTime(IConfigurationSection section) =>
        Time(section) is var time && time > TimeSpan.Zero ? time : throw Wrong(section, "no time that can be waited for", "It must be more than zero");

    public static TimeSpan? OptionalTime(IConfigurationSection section) => OptionalText(section) is null ? null : Time(section);

    public static DateTimeOffset Instant(IConfigurationSection section) =>
        DateTimeOffset.TryParse(Text(section), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset value)
            ? value
            : throw Wrong(section, "no point in time", "Write it as 2026-01-31T12:00:00Z");

    public static T Enum<T>(IConfigurationSection section)
        where T : struct, Enum
    {
        string text = Text(section);
        return !text.All(char.IsAsciiDigit) && System.Enum.TryParse(text, ignoreCase: true, out T value) && System.Enum.IsDefined(value)
            ? value
            : throw Wrong(section, $"none of {string.Join(", ", System.Enum.GetNames<T>())}", Suggestion.For(text, System.Enum.GetNames<T>()).Trim().TrimEnd('.'));
    }

    /// <summary>Several values: numbered keys, or one value with commas.</summary>
    public static IReadOnlyList<string> List(IConfigurationSection section) => section.Value is { } text
        ? text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        : [.. section.GetChildren().Select(Text)];

    public static IReadOnlyList<TimeSpan> Times(IConfigurationSection section) =>
        [.. List(section).Select(text => TimeText.TryParse(text, out TimeSpan time) ? time : throw new ConsumerConfigurationException($"{section.Path} has '{text}', which is no time. {TimeText.HowTo}."))];

    private static long Whole(IConfigurationSection section, long least, long most) =>
        long.TryParse(Text(section), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) && value >= least && value <= most
            ? value
            : throw Wrong(section, "no whole number");

    private static ConsumerConfigurationException Wrong(IConfigurationSection section, string what, string howTo = "") =>
        new($"{section.Path} is '{section.Value}', which is {what}.{(howTo.Length > 0 ? $" {howTo}{(howTo.EndsWith('?') ? "" : ".")}" : "")}");
}
