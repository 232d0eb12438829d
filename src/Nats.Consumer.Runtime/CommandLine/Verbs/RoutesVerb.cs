using System.CommandLine;
using System.Text.Json.Nodes;
using Nats.Consumer.Consuming;
using Nats.Consumer.Handling;
using Nats.Consumer.Hosting;

namespace Nats.Consumer.CommandLine.Verbs;

/// <summary><c>routes</c>: which handler takes what. Asks no server.</summary>
internal static class RoutesVerb
{
    public static Command Create(VerbHost host)
    {
        var command = new Command("routes", "List what each consumer takes and which handler gets it. Asks no server.");
        Argument<string[]> consumers = ConsumerNames.Argument(host);
        command.Arguments.Add(consumers);
        host.SetAction(command, (parsed, screen, _) =>
        {
            IReadOnlyList<ConsumerPlan> plans = host.Plans(parsed.GetValue(consumers));
            if (screen.IsJson)
                screen.Json(new JsonArray([.. plans.Select(plan => (JsonNode)ToJson(plan))]));
            else
                Show(screen, plans, host.Links);
            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    private static void Show(Screen screen, IReadOnlyList<ConsumerPlan> plans, ServerLinks links)
    {
        foreach (ConsumerPlan plan in plans)
        {
            screen.Line($"{Screen.Strong(plan.Name)} takes {string.Join(", ", plan.Subjects)} of stream '{plan.Stream}'{(plan.Settings.Connection is null ? "" : $" on {links.Find(plan.Settings.Connection).Title}")} as '{plan.Durable}'");
            List<IReadOnlyList<string>> rows = [.. Rows(plan).Select(row => (IReadOnlyList<string>)[$"  {row.Pattern}", row.Handler, row.Payload])];
            screen.Table(["  pattern", "handler", "payload"], rows);
        }
    }

    // The most specific first, as they are looked for.
    private static IEnumerable<(string Pattern, string Handler, string Payload)> Rows(ConsumerPlan plan) =>
        plan.Handlers.SelectMany(handler => handler.Routes.Routes
            .Where(route => plan.Subjects.Any(subject => subject.Overlaps(route.Pattern))) // what else the class takes comes from other consumers
            .OrderBy(route => route.Pattern, Subjects.SubjectPattern.MostSpecificFirst)
            .Select(route => (route.Pattern.Text, route.Method.DisplayName, PayloadOf(route.Method)))
            .Concat(handler.OverridesFallback ? [("(anything else)", $"{TypeNames.Of(handler.Type)}.FallbackAsync", "")] : []));

    private static JsonObject ToJson(ConsumerPlan plan) => new()
    {
        ["consumer"] = plan.Name,
        ["connection"] = plan.Settings.Connection,
        ["stream"] = plan.Stream,
        ["durable"] = plan.Durable,
        ["filter"] = new JsonArray([.. plan.Subjects.Select(subject => (JsonNode)subject.Wire)]),
        ["routes"] = new JsonArray([.. Rows(plan).Select(row => (JsonNode)new JsonObject { ["pattern"] = row.Pattern, ["handler"] = row.Handler, ["payload"] = row.Payload })]),
    };

    private static string PayloadOf(HandlerMethod method) => method.InvokeBatch is not null ? "batches" : method.Payload is { } type ? TypeNames.Of(type) : "";
}
