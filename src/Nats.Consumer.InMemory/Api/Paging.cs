using System.Text.Json.Nodes;

namespace Nats.Consumer.InMemory.Api;

/// <summary>Lists come in pages: from an offset on, up to a limit.</summary>
internal static class Paging
{
    public const int Names = 1024;
    public const int Details = 256;

    public static JsonObject Page<T>(ApiRequest request, JsonObject body, IEnumerable<T> all, int limit, string field, Func<T, JsonNode> write)
    {
        T[] items = [.. all];
        int offset = (int)Math.Clamp(request.Value<long>(body, "offset"), 0, items.Length);
        return new JsonObject
        {
            ["total"] = items.Length,
            ["offset"] = offset,
            ["limit"] = limit,
            [field] = new JsonArray([.. items.Skip(offset).Take(limit).Select(write)]),
        };
    }
}
