using System.Text.Json.Nodes;
using Nats.Consumer.Planning;
using Nats.Consumer.Streams;

namespace Nats.Consumer.CommandLine;

/// <summary>A plan on the screen.</summary>
internal static class PlanText
{
    public static void Show(Screen screen, IReadOnlyList<PlanStep> steps)
    {
        foreach (PlanStep step in steps)
        {
            screen.Line(Head(step));
            foreach (FieldChange field in step.Fields)
                screen.Line(step.Action == PlanAction.Create ? $"      {field.Field} {field.Wanted}" : $"      {field}");
            foreach (string effect in step.Effects)
                screen.Line($"      {(effect.EndsWith(PlanStep.NoWayBack, StringComparison.Ordinal) ? Screen.Bad(effect) : effect)}");
            if (step.Problem is not null)
                screen.Line($"      {Screen.Bad(step.Problem)}");
        }

        int Count(PlanAction action) => steps.Count(step => step.Action == action);
        screen.Line($"{Count(PlanAction.Create)} to create, {Count(PlanAction.Update)} to change, {Count(PlanAction.Delete)} to delete, {Count(PlanAction.Impossible)} impossible.");
    }

    public static JsonNode ToJson(IReadOnlyList<PlanStep> steps) => new JsonObject
    {
        ["drift"] = steps.Any(step => step.IsDrift),
        ["steps"] = new JsonArray([.. steps.Select(step => (JsonNode)new JsonObject
        {
            ["action"] = step.Action.ToString().ToLowerInvariant(),
            ["what"] = step.What,
            ["connection"] = step.Connection,
            ["subjectPrefix"] = step.SubjectPrefix,
            ["destructive"] = step.IsDestructive,
            ["fields"] = new JsonArray([.. step.Fields.Select(field => (JsonNode)new JsonObject { ["field"] = field.Field, ["actual"] = field.Actual, ["wanted"] = field.Wanted })]),
            ["effects"] = new JsonArray([.. step.Effects.Select(effect => (JsonNode)effect)]),
            ["problem"] = step.Problem,
        })]),
    };

    private static string Head(PlanStep step) => step.Action switch
    {
        PlanAction.Create => Screen.Good($"  + {step.What}"),
        PlanAction.Update => Screen.Doubtful($"  ~ {step.What}"),
        PlanAction.Delete => Screen.Bad($"  - {step.What}"),
        PlanAction.Impossible => Screen.Bad($"  ! {step.What}"),
        _ => $"  = {step.What}",
    };
}
