using System.Text.Json.Nodes;
using Nats.Consumer.Streams;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Planning;

/// <summary>What an operation does to a consumer. A pure function of what is wanted and what is.</summary>
internal static class ConsumerPlanner
{
    /// <param name="kind">The operation.</param>
    /// <param name="stream">What the server says of the stream, or will; <see langword="null"/> when there is none.</param>
    /// <param name="what">The consumer, in words.</param>
    /// <param name="wanted">What is stated, in the server's JSON.</param>
    /// <param name="info">What the server says of the consumer; <see langword="null"/> when there is none.</param>
    /// <param name="server">The server.</param>
    public static PlanStep Plan(OperationKind kind, JsonObject? stream, string what, JsonObject wanted, JsonObject? info, ServerFacts server)
    {
        if (kind == OperationKind.Delete)
            return info is null ? new PlanStep(PlanAction.Nothing, what) : new PlanStep(PlanAction.Delete, what) { Effects = ConsumerEffects.OfDeleting(info) };
        if (stream is null)
            return PlanStep.Refused(what, "The stream does not exist. Create it, by Setup() or by hand.");
        if (info is null)
        {
            if (kind == OperationKind.Update)
                return PlanStep.Refused(what, "It does not exist, so it cannot be updated. Use CreateOrUpdateConsumer to create it where it is missing.");
            IReadOnlyList<FieldChange> stated = [.. ConfigJson.Differences(wanted, []).Where(field => field.Field is not ("name" or "durable_name"))];
            return Problem(stream, wanted, wanted, null, stated, server) is { } cannot
                ? PlanStep.Refused(what, cannot, stated)
                : new PlanStep(PlanAction.Create, what) { Fields = stated, Effects = ConsumerEffects.OfCreating(stream, wanted) };
        }

        var actual = (JsonObject)info["config"]!;
        IReadOnlyList<FieldChange> differences = ConfigJson.Differences(wanted, actual);
        if (differences.Count == 0)
            return new PlanStep(PlanAction.Nothing, what);
        if (kind == OperationKind.Create)
            return PlanStep.Refused(what, "It exists with another configuration. Use CreateOrUpdateConsumer to change it.", differences);
        JsonObject merged = ConfigJson.Merge(actual, wanted);
        return Problem(stream, wanted, merged, actual, differences, server) is { } problem
            ? PlanStep.Refused(what, problem, differences)
            : new PlanStep(PlanAction.Update, what) { Fields = differences, Effects = ConsumerEffects.OfUpdating(info, merged, differences) };
    }

    private static string? Problem(JsonObject stream, JsonObject wanted, JsonObject merged, JsonObject? actual, IReadOnlyList<FieldChange> differences, ServerFacts server) =>
        FieldRules.FirstProblem(ConsumerTable.Since, ConsumerTable.Changes, ConsumerTable.Together, wanted, merged, actual, differences, server)
        ?? FilterProblem(stream, merged, server);

    private static string? FilterProblem(JsonObject stream, JsonObject config, ServerFacts server)
    {
        List<SubjectPattern> filters = Patterns(config["filter_subjects"]);
        foreach (SubjectPattern filter in filters)
        {
            if (filters.FirstOrDefault(other => !ReferenceEquals(other, filter) && other.Covers(filter)) is { } wider)
                return $"The filter '{filter.Wire}' is part of '{wider.Wire}'. Leave one of them out.";
        }

        if (server.Version < new Version(2, 10) && (string?)config["filter_subject"] is { Length: > 0 } text && SubjectPattern.TryParse(text, out SubjectPattern? single, out _)
            && !Patterns(stream["config"]?["subjects"]).Any(subject => subject.Covers(single)))
        {
            return $"The stream captures nothing of '{text}'. Add it to the stream's subjects, or correct the filter.";
        }

        return null;
    }

    private static List<SubjectPattern> Patterns(JsonNode? texts)
    {
        var patterns = new List<SubjectPattern>();
        foreach (JsonNode? text in texts as JsonArray ?? [])
        {
            if (SubjectPattern.TryParse((string?)text ?? "", out SubjectPattern? pattern, out _))
                patterns.Add(pattern);
        }

        return patterns;
    }
}
