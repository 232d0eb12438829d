using System.Text.Json.Nodes;

namespace Nats.Consumer.JetStream;

/// <summary>A stream as the server describes it.</summary>
internal sealed record StreamDescription(JsonObject Config, long Messages, long Bytes, ulong LastSequence, string Created)
{
    public IReadOnlyList<string> Subjects => Config["subjects"] is JsonArray subjects ? [.. subjects.Select(subject => (string?)subject ?? "")] : [];

    public string Retention => (string?)Config["retention"] ?? "limits";

    public static StreamDescription From(JsonObject answer)
    {
        JsonNode? state = answer["state"];
        return new StreamDescription(
            (JsonObject)answer["config"]!,
            (long?)state?["messages"] ?? 0,
            (long?)state?["bytes"] ?? 0,
            (ulong?)state?["last_seq"] ?? 0,
            (string?)answer["created"] ?? "");
    }
}
