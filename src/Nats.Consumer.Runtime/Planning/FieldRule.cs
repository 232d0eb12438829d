using System.Text.Json.Nodes;

namespace Nats.Consumer.Planning;

/// <summary>A change of a field that servers refuse.</summary>
/// <param name="Field">Its name in the server's JSON.</param>
/// <param name="Refuses">Whether this change is refused.</param>
/// <param name="Why">Why, and what to do instead.</param>
internal sealed record FieldRule(string Field, Func<FieldUpdate, bool> Refuses, string Why);

/// <summary>A combination of fields that servers refuse, new or changed.</summary>
/// <param name="Refuses">Whether they do.</param>
/// <param name="Why">Why, and what to do instead.</param>
internal sealed record ConfigRule(Func<ConfigCheck, bool> Refuses, string Why);

/// <summary>A field that changes.</summary>
internal readonly record struct FieldUpdate(JsonNode? From, JsonNode? To, ServerFacts Server)
{
    public bool IsUnset => From is JsonValue from && from.TryGetValue(out bool was) && was && !(To is JsonValue to && to.TryGetValue(out bool isNow) && isNow);

    public bool Before(int minor) => Server.Version < new Version(2, minor);

    public string? FromText => (string?)From;

    public string? ToText => (string?)To;
}

/// <summary>A configuration as it would be.</summary>
internal readonly record struct ConfigCheck(JsonObject Config, bool Exists, ServerFacts Server)
{
    public long Number(string field) => WholeNumber.Of(Config[field]) ?? 0;

    public bool Flag(string field) => (bool?)Config[field] ?? false;

    public bool Before(int minor) => Server.Version < new Version(2, minor);
}

/// <summary>What decides beside the configuration.</summary>
internal sealed record ServerFacts(Version Version, bool IsClustered)
{
    /// <summary>The other streams: name and subjects.</summary>
    public IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> Others { get; init; } = [];
}
