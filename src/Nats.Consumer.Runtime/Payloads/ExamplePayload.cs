using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Nats.Consumer.Payloads;

/// <summary>Makes up a payload of a type, for demonstrations.</summary>
internal static class ExamplePayload
{
    private const int Deepest = 4;

    private static readonly Dictionary<Type, string> Values = new()
    {
        [typeof(string)] = "\"example\"",
        [typeof(char)] = "\"x\"",
        [typeof(bool)] = "true",
        [typeof(Guid)] = "\"0190a000-0000-7000-8000-000000000001\"",
        [typeof(DateTime)] = "\"2026-01-31T12:00:00Z\"",
        [typeof(DateTimeOffset)] = "\"2026-01-31T12:00:00Z\"",
        [typeof(DateOnly)] = "\"2026-01-31\"",
        [typeof(TimeOnly)] = "\"12:00:00\"",
        [typeof(TimeSpan)] = "\"00:01:00\"",
        [typeof(Uri)] = "\"https://example.com/\"",
    };

    public static JsonNode? Of(Type type, JsonSerializerOptions options) => Of(type, options, 0);

    private static JsonNode? Of(Type type, JsonSerializerOptions options, int depth)
    {
        if (Values.TryGetValue(type, out string? text))
            return JsonNode.Parse(text);
        if (type.IsPrimitive || type == typeof(decimal))
            return JsonNode.Parse("1");
        if (depth > Deepest || !options.TryGetTypeInfo(type, out JsonTypeInfo? info))
            return null;
        if (type.IsEnum)
            return JsonSerializer.SerializeToNode(Enum.ToObject(type, 0), info);
        return info.Kind switch
        {
            JsonTypeInfoKind.Object => new JsonObject([.. info.Properties
                .Select(property => KeyValuePair.Create(property.Name, Of(property.PropertyType, options, depth + 1)))
                .Where(property => property.Value is not null)]),
            JsonTypeInfoKind.Enumerable => new JsonArray(),
            JsonTypeInfoKind.Dictionary => new JsonObject(),
            _ => null,
        };
    }
}
