using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nats.Consumer.Configuration;
using Nats.Consumer.JetStream;

namespace Nats.Consumer.Streams;

/// <summary>Values of fields as people read them: times as <c>1h</c>, texts as JSON.</summary>
internal static class FieldText
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] Times =
    [
        "max_age", "duplicate_window", "subject_delete_marker_ttl", "ack_wait", "inactive_threshold", "max_expires", "idle_heartbeat", "priority_timeout",
    ];

    public static string Of(string field, JsonNode? value)
    {
        if (value is null)
            return "unset";
        if (Times.Contains(field) && value is JsonValue number && number.TryGetValue(out long nanoseconds) && nanoseconds >= 1_000_000)
            return TimeText.Of(Nanoseconds.ToTimeSpan(nanoseconds));
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Readable))
            value.WriteTo(writer);
        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }
}
