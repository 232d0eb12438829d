using System.Text.Json.Nodes;

namespace Nats.Consumer.Streams;

/// <summary>Compares and merges configurations as JSON, so that fields that this version does not know survive.</summary>
internal static class ConfigJson
{
    // Here "none" and "default" are what somebody wrote, and no member of an enumeration.
    private static readonly HashSet<string> FreeTexts = ["deliver_group", "deliver_subject", "description", "filter_subject"];

    /// <summary>The stated fields that differ. A field that the server leaves out has its zero value there.</summary>
    public static IReadOnlyList<FieldChange> Differences(JsonObject wanted, JsonObject actual)
    {
        var differences = new List<FieldChange>();
        foreach ((string field, JsonNode? value) in wanted)
        {
            JsonNode? there = actual[field];
            if (!Same(value, there) || (there is null && FreeTexts.Contains(field) && !string.IsNullOrEmpty((string?)value)))
                differences.Add(new FieldChange(field, FieldText.Of(field, there), FieldText.Of(field, value)));
        }

        return differences;
    }

    public static JsonObject Merge(JsonObject actual, JsonObject wanted)
    {
        var merged = (JsonObject)actual.DeepClone();
        foreach ((string field, JsonNode? value) in wanted)
        {
            if (value is JsonObject changes && merged[field] is JsonObject labels)
                merged[field] = Merge(labels, changes);
            else
                merged[field] = value?.DeepClone();
        }

        return merged;
    }

    /// <summary>The server's word is final: what it did not take over is an error, not a surprise.</summary>
    public static void ThrowIfIgnored(JsonObject wanted, JsonObject actual, string what, Version server)
    {
        IReadOnlyList<FieldChange> ignored = Differences(wanted, actual);
        if (ignored.Count > 0)
        {
            throw new JetStreamException(
                $"nats-server {server} accepted the configuration of {what} but ignored part of it ({string.Join("; ", ignored)}). Leave these fields out or use a newer server.");
        }
    }

    private static bool Same(JsonNode? wanted, JsonNode? actual) => (wanted, actual) switch
    {
        (null, _) => actual is null,
        // Labels of others, such as the server's own, are not ours to judge; nor are fields that it adds.
        (JsonObject fields, _) => fields.All(field => Same(field.Value, (actual as JsonObject)?[field.Key])),
        (JsonArray { Count: 0 }, _) => actual is null or JsonArray { Count: 0 },
        (JsonArray items, JsonArray others) => items.Count == others.Count && items.Zip(others, Same).All(same => same),
        (_, null) => wanted.ToJsonString() is "0" or "false" or "\"\"" or "\"none\"" or "\"default\"",
        _ => JsonNode.DeepEquals(wanted, actual),
    };
}
