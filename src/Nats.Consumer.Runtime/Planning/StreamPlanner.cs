using System.Text.Json.Nodes;
using Nats.Consumer.Streams;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Planning;

/// <summary>What an operation does to a stream. A pure function of what is wanted and what is.</summary>
internal static class StreamPlanner
{
    /// <param name="kind">The operation.</param>
    /// <param name="wanted">What is stated, in the server's JSON.</param>
    /// <param name="info">What the server says of the stream; <see langword="null"/> when there is none.</param>
    /// <param name="server">The server.</param>
    public static PlanStep Plan(OperationKind kind, JsonObject wanted, JsonObject? info, ServerFacts server)
    {
        string name = (string)wanted["name"]!;
        string what = $"stream '{name}'";
        if (kind == OperationKind.Delete)
            return info is null ? new PlanStep(PlanAction.Nothing, what) : new PlanStep(PlanAction.Delete, what) { Effects = StreamEffects.OfDeleting(info) };
        if (info is null)
        {
            if (kind == OperationKind.Update)
                return PlanStep.Refused(what, "It does not exist, so it cannot be updated. Use CreateOrUpdate to create it where it is missing.");
            IReadOnlyList<FieldChange> stated = [.. ConfigJson.Differences(wanted, []).Where(field => field.Field != "name")];
            return Problem(wanted, wanted, null, stated, server) is { } cannot ? PlanStep.Refused(what, cannot, stated) : new PlanStep(PlanAction.Create, what) { Fields = stated };
        }

        var actual = (JsonObject)info["config"]!;
        IReadOnlyList<FieldChange> differences = ConfigJson.Differences(wanted, actual);
        if (differences.Count == 0)
            return new PlanStep(PlanAction.Nothing, what);
        if (kind == OperationKind.Create)
            return new PlanStep(PlanAction.Nothing, what) { Fields = differences, Effects = ["It exists and is left as it is. Use CreateOrUpdate to change it."] };
        JsonObject merged = ConfigJson.Merge(actual, wanted);
        return Problem(wanted, merged, actual, differences, server) is { } problem
            ? PlanStep.Refused(what, problem, differences)
            : new PlanStep(PlanAction.Update, what) { Fields = differences, Effects = StreamEffects.OfUpdating(info, merged, differences, server.Version) };
    }

    private static string? Problem(JsonObject wanted, JsonObject merged, JsonObject? actual, IReadOnlyList<FieldChange> differences, ServerFacts server) =>
        FieldRules.FirstProblem(StreamTable.Since, StreamTable.Changes, StreamTable.Together, wanted, merged, actual, differences, server)
        ?? (differences.Any(difference => difference.Field == "subjects") || actual is null ? Overlap(merged, server) : null);

    private static string? Overlap(JsonObject config, ServerFacts server)
    {
        List<SubjectPattern> subjects = Patterns((config["subjects"] as JsonArray)?.Select(subject => (string?)subject ?? "") ?? []);
        if (subjects.Any(subject => subject.Wire == ">") && !((bool?)config["no_ack"] ?? false) && server.Version >= new Version(2, 10))
            return "A stream cannot capture everything ('>'), because that has the server's own subjects in it. Name what it captures.";
        foreach ((string name, IReadOnlyList<string> others) in server.Others.Where(other => other.Key != (string?)config["name"]))
        {
            foreach (SubjectPattern theirs in Patterns(others))
            {
                if (subjects.FirstOrDefault(theirs.Overlaps) is { } mine)
                    return $"'{mine.Wire}' overlaps with '{theirs.Wire}' of stream '{name}', and a subject belongs to one stream. Narrow one of them.";
            }
        }

        return null;
    }

    private static List<SubjectPattern> Patterns(IEnumerable<string> texts)
    {
        var patterns = new List<SubjectPattern>();
        foreach (string text in texts)
        {
            if (SubjectPattern.TryParse(text, out SubjectPattern? pattern, out _))
                patterns.Add(pattern);
        }

        return patterns;
    }
}
