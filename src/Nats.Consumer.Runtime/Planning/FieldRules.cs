using System.Text.Json.Nodes;
using Nats.Consumer.Streams;

namespace Nats.Consumer.Planning;

/// <summary>Applies tables of rules.</summary>
internal static class FieldRules
{
    public static string? FirstProblem(
        IReadOnlyDictionary<string, Version> since,
        IReadOnlyList<FieldRule> changes,
        IReadOnlyList<ConfigRule> together,
        JsonObject wanted,
        JsonObject merged,
        JsonObject? actual,
        IReadOnlyList<FieldChange> differences,
        ServerFacts server)
    {
        foreach (FieldChange difference in differences)
        {
            if (since.TryGetValue(difference.Field, out Version? first) && server.Version < first)
                return $"nats-server {server.Version} ignores {difference.Field}, which came with {first}. Leave it out, or use a newer server.";
            if (actual is null)
                continue;
            var update = new FieldUpdate(actual[difference.Field], wanted[difference.Field], server);
            if (changes.FirstOrDefault(rule => rule.Field == difference.Field && rule.Refuses(update)) is { } refused)
                return refused.Why;
        }

        return together.FirstOrDefault(rule => rule.Refuses(new ConfigCheck(merged, actual is not null, server)))?.Why;
    }
}
