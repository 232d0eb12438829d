using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Nats.Consumer.InMemory.Consumers;
using Nats.Consumer.InMemory.Streams;

namespace Nats.Consumer.InMemory.Api;

/// <summary>JSON of the API: snake_case, without what is not set.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    PropertyNameCaseInsensitive = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(JsonNode))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(StreamConfig))]
[JsonSerializable(typeof(ConsumerConfig))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    public static JsonObject ToObject<T>(T value, JsonTypeInfo<T> type) => (JsonObject)JsonSerializer.SerializeToNode(value, type)!;
}
