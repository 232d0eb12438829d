using System.Text.Json;
using System.Text.Json.Nodes;
using Nats.Consumer.JetStream;

namespace Nats.Consumer.Prefixing;

/// <summary>JSON of the API on its way through a prefix. Where there is nothing to change it is the same bytes.</summary>
internal static class ApiJson
{
    public static ReadOnlySpan<byte> Out(SubjectPrefix prefix, JsonShape? shape, ReadOnlySpan<byte> payload) =>
        Read(shape, payload) is { } body ? Write(shape!.Out(prefix, body)) : payload;

    public static ReadOnlySpan<byte> In(SubjectPrefix prefix, JsonShape? shape, ReadOnlySpan<byte> payload) =>
        Read(shape, payload) is { } body ? Write(shape!.In(prefix, body)) : payload;

    private static JsonObject? Read(JsonShape? shape, ReadOnlySpan<byte> payload)
    {
        if (shape is null || payload.IsEmpty)
            return null;
        try
        {
            return JsonSerializer.Deserialize(payload, JetStreamJson.Default.JsonObject);
        }
        catch (JsonException)
        {
            return null; // not the server's; whoever reads it says so
        }
    }

    private static byte[] Write(JsonNode? body) => JsonSerializer.SerializeToUtf8Bytes((JsonObject)body!, JetStreamJson.Default.JsonObject);
}
