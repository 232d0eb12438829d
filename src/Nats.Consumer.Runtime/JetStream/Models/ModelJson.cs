using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Nats.Consumer.JetStream;

/// <summary>The models as the server's JSON: snake case, nanoseconds, and nothing that is not stated.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters =
    [
        typeof(NanosecondsConverter), typeof(GoTimeConverter), typeof(RetentionConverter), typeof(WireEnumConverter<StreamStorage>), typeof(WireEnumConverter<StreamDiscard>),
        typeof(WireEnumConverter<StreamCompression>), typeof(WireEnumConverter<StreamPersistMode>), typeof(WireEnumConverter<DeliverPolicy>), typeof(WireEnumConverter<AckPolicy>),
        typeof(WireEnumConverter<ReplayPolicy>), typeof(WireEnumConverter<PriorityPolicy>),
    ])]
[JsonSerializable(typeof(StreamInfo))]
[JsonSerializable(typeof(ConsumerInfo))]
[JsonSerializable(typeof(ConsumerPause))]
[JsonSerializable(typeof(AccountInfo))]
[JsonSerializable(typeof(JsonNode))]
internal sealed partial class ModelJson : JsonSerializerContext
{
    public static JsonObject Write<T>(T model, JsonTypeInfo<T> type) => (JsonObject)JsonSerializer.SerializeToNode(model, type)!;

    public static T Read<T>(JsonObject json, JsonTypeInfo<T> type) => JsonSerializer.Deserialize(WithoutNulls(json), type)!;

    public static JsonNode? ToNode(JsonElement value) => value.Deserialize(Default.JsonNode);

    public static JsonElement ToElement(JsonNode? value) => JsonSerializer.SerializeToElement(value, Default.JsonNode);

    // The server writes an empty list as null at times.
    private static JsonNode? WithoutNulls(JsonNode? node) => node switch
    {
        JsonObject fields => new JsonObject(fields.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Key, WithoutNulls(field.Value)))),
        JsonArray items => new JsonArray([.. items.Select(WithoutNulls)]),
        _ => node?.DeepClone(),
    };
}
