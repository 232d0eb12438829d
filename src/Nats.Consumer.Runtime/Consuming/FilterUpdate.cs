using System.Text.Json.Nodes;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Consuming;

/// <summary>
/// What the filter of a consumer that exists can be changed to, so that it goes on delivering. A server before 2.10 stores a new filter, but is woken by what the old one matches only, and does not notice that the
/// filter has wildcards now, until it is started anew (seen on 2.9.10): it can narrow a filter, no more. A newer one is not woken at all once a filter is taken away; <c>></c> in its place works
/// (seen on 2.15.1).
/// </summary>
internal static class FilterUpdate
{
    /// <summary>By what the consumer filters now; <c>></c> where it does not.</summary>
    public static IReadOnlyList<SubjectPattern> Current(JsonObject config)
    {
        string[] filters = [.. config["filter_subjects"] is JsonArray { Count: > 0 } several ? several.Select(filter => (string)filter!) : [(string?)config["filter_subject"] ?? ""]];
        return [.. filters.Select(filter => SubjectPattern.Parse(filter.Length > 0 ? filter : ">"))];
    }

    /// <summary>What a server before 2.10 can be told.</summary>
    /// <returns>The filter to set, which may be wider than wanted; <see langword="null"/> when it cannot be told anything that works.</returns>
    public static SubjectPattern? OnOldServer(JsonObject config, SubjectPattern wanted)
    {
        SubjectPattern current = Current(config)[0];
        if (!current.Covers(wanted))
            return null;
        bool knowsWildcards = !current.IsLiteral && ((string?)config["filter_subject"])?.Length > 0;
        return wanted.IsLiteral || knowsWildcards ? wanted : current;
    }

    /// <summary>Puts <c>></c> in the place of no filter where there is one now.</summary>
    public static void StateEverything(JsonObject wanted, JsonObject config)
    {
        bool filtersNow = config["filter_subjects"] is JsonArray { Count: > 0 } || ((string?)config["filter_subject"])?.Length > 0;
        if (filtersNow && (string?)wanted["filter_subject"] == "" && wanted["filter_subjects"] is not JsonArray { Count: > 0 })
            wanted["filter_subject"] = ">";
    }
}
