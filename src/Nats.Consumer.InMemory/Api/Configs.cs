using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Nats.Consumer.InMemory.Api;

/// <summary>Reads and writes configurations as a server of some version does: fields that it does not know are refused or ignored, and never told.</summary>
internal static class Configs
{
    /// <exception cref="ApiError">It is not what it should be.</exception>
    public static T Read<T>(JsonObject json, JsonTypeInfo<T> type, IReadOnlyList<string> unknown, InMemoryServerVersion version, params string[] besides)
    {
        foreach ((string name, JsonNode? value) in json.ToArray())
        {
            bool isUnknown = unknown.Contains(name) || !(besides.Contains(name) || type.Properties.Any(property => property.Name.Equals(name, StringComparison.OrdinalIgnoreCase)));
            if (isUnknown && version.IsStrict)
                throw Errors.InvalidJson($"json: unknown field \"{name}\"");
            if (isUnknown || value is null)
                json.Remove(name);
        }

        try
        {
            return json.Deserialize(type)!;
        }
        catch (JsonException e)
        {
            throw Errors.InvalidJson(version.ExplainsJsonErrors ? e.Message : null);
        }
    }

    public static JsonObject Write<T>(T config, JsonTypeInfo<T> type, IReadOnlyList<string> unknown)
    {
        JsonObject json = ApiJson.ToObject(config, type);
        foreach (string name in unknown)
            json.Remove(name);
        return json;
    }
}
