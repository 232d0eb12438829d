using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nats.Consumer.JetStream;

/// <summary>Times as the server counts them.</summary>
internal sealed class NanosecondsConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Nanoseconds.ToTimeSpan(reader.GetInt64());

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) => writer.WriteNumberValue(value.ToNanoseconds());
}

/// <summary>Points in time as the server writes them, so that what it says compares equal to what was asked for. The year 1 is never.</summary>
internal sealed class GoTimeConverter : JsonConverter<DateTimeOffset?>
{
    public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset() is { Year: > 1 } time ? time : null;

    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Text(value!.Value));

    /// <summary>Nine digits of a second are cut to the seven that there is room for: rounded up, the time would be later than the message that it is of.</summary>
    public static DateTimeOffset Parse(string? text)
    {
        if (text is null)
            return default;
        int point = text.IndexOf('.', StringComparison.Ordinal);
        int end = point < 0 ? -1 : text.AsSpan(point + 1).IndexOfAnyExceptInRange('0', '9') + point + 1;
        string cut = end - point > 8 ? $"{text[..(point + 8)]}{text[end..]}" : text;
        return DateTimeOffset.TryParse(cut, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time) ? time : default;
    }

    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}

/// <summary>Words of the server. One that this version does not know reads as unset: the rest of the answer is still of use.</summary>
internal class WireEnumConverter<T>(params string[] words) : JsonConverter<T?>
    where T : struct, Enum
{
    private readonly WireWords _words = new(typeof(T), words);

    public WireEnumConverter()
        : this([])
    {
    }

    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        _words.Find(reader.GetString()) is >= 0 and int value ? Unsafe.BitCast<int, T>(value) : null;

    public override void Write(Utf8JsonWriter writer, T? value, JsonSerializerOptions options) => writer.WriteStringValue(_words.Of(Unsafe.BitCast<T, int>(value!.Value)));
}

internal sealed class RetentionConverter() : WireEnumConverter<StreamRetention>("limits", "interest", "workqueue");
