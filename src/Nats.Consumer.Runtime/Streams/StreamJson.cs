using System.Text.Json.Nodes;
using Nats.Consumer.JetStream;

namespace Nats.Consumer.Streams;

/// <summary>A stream's configuration in the server's JSON: only what is stated.</summary>
internal static class StreamJson
{
    public static JsonObject From(StreamConfig config)
    {
        JsonObject json = ModelJson.Write(config, ModelJson.Default.StreamConfig);
        if (config.Subjects is not null)
            json["subjects"] = WireSubjects(config.Subjects);
        if (config.Republish is { Source: "" })
            json["republish"]!["src"] = ">"; // what the server makes of it
        return json;
    }

    public static StreamInfo Read(JsonObject answer) => ModelJson.Read(answer, ModelJson.Default.StreamInfo) with { Json = answer };

    /// <summary>Patterns as the server writes them: <c>{id}</c> is a wildcard for it.</summary>
    public static JsonArray WireSubjects(IReadOnlyList<string> subjects) => new([.. subjects.Select(subject => (JsonNode)WirePattern.Of(subject))]);
}
