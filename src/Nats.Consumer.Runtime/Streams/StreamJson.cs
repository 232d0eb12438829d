using System.Text.Json.Nodes;
using Nats.Consumer.JetStream;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Streams;

/// <summary>A stream's configuration in the server's JSON: only what is stated.</summary>
internal static class StreamJson
{
    public static JsonObject From(StreamConfig config)
    {
        var json = new JsonObject { ["name"] = config.Name };
        Set(json, "subjects", config.Subjects is null ? null : new JsonArray([.. config.Subjects.Select(subject => (JsonNode)SubjectPattern.Parse(subject).Wire)]));
        Set(json, "description", config.Description);
        Set(json, "retention", config.Retention switch
        {
            null => null,
            StreamRetention.Limits => "limits",
            StreamRetention.Interest => "interest",
            _ => "workqueue",
        });
        Set(json, "storage", config.Storage switch { null => null, StreamStorage.File => "file", _ => "memory" });
        Set(json, "max_msgs", config.MaxMessages);
        Set(json, "max_msgs_per_subject", config.MaxMessagesPerSubject);
        Set(json, "max_bytes", config.MaxBytes);
        Set(json, "max_msg_size", config.MaxMessageSize);
        Set(json, "max_age", config.MaxAge?.ToNanoseconds());
        Set(json, "discard", config.Discard switch { null => null, StreamDiscard.Old => "old", _ => "new" });
        Set(json, "duplicate_window", config.DuplicateWindow?.ToNanoseconds());
        Set(json, "num_replicas", config.Replicas);
        Set(json, "allow_direct", config.AllowDirect);
        Set(json, "allow_rollup_hdrs", config.AllowRollup);
        Set(json, "deny_delete", config.DenyDelete);
        Set(json, "deny_purge", config.DenyPurge);
        Set(json, "metadata", config.Metadata is null ? null : new JsonObject(config.Metadata.Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value))));
        return json;
    }

    private static void Set(JsonObject json, string field, JsonNode? value)
    {
        if (value is not null)
            json[field] = value;
    }
}
