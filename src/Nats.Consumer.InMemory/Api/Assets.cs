using System.Globalization;

namespace Nats.Consumer.InMemory.Api;

/// <summary>What newer servers write into the metadata of streams and consumers (ADR-44).</summary>
internal static class Assets
{
    public const int ApiLevel = 5;

    private const string RequiredLevel = "_nats.req.level";

    /// <summary>What is stored: the level of the API that the asset needs, and the user's own.</summary>
    public static SortedDictionary<string, string>? Stored(SortedDictionary<string, string>? metadata, int requiredLevel, InMemoryServerVersion version)
    {
        if (!version.AddsMetadata)
            return null;
        SortedDictionary<string, string> stored = Own(metadata);
        stored[RequiredLevel] = requiredLevel.ToString(CultureInfo.InvariantCulture);
        return stored;
    }

    /// <summary>What is told of one asset: also which server tells it.</summary>
    public static SortedDictionary<string, string>? Told(SortedDictionary<string, string>? metadata, InMemoryServerVersion version)
    {
        if (!version.AddsMetadata || metadata is null)
            return metadata;
        return new SortedDictionary<string, string>(metadata, StringComparer.Ordinal)
        {
            ["_nats.ver"] = version.Text,
            ["_nats.level"] = ApiLevel.ToString(CultureInfo.InvariantCulture),
        };
    }

    private static SortedDictionary<string, string> Own(SortedDictionary<string, string>? metadata)
    {
        var own = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string key, string value) in metadata ?? [])
        {
            if (!key.StartsWith("_nats.", StringComparison.Ordinal))
                own[key] = value;
        }

        return own;
    }
}
