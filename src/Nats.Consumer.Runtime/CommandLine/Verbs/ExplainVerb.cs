using System.CommandLine;
using System.Text.Json.Nodes;
using Nats.Consumer.Client;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.CommandLine.Verbs;

/// <summary><c>explain SUBJECT</c>: who stores it, who takes it, what is called with what, and why.</summary>
internal static class ExplainVerb
{
    public static Command Create(VerbHost host)
    {
        var command = new Command("explain", "Say what becomes of a message: which stream stores it, which consumers take it, which handler runs with what, and why. Exit code 2 when no handler does.");
        var subject = new Argument<string>("subject") { Description = "The subject of a message, as orders.42.shipped." };
        var offline = new Option<bool>("--offline") { Description = "Ask no server." };
        command.Arguments.Add(subject);
        command.Options.Add(offline);
        host.SetAction(command, async (parsed, screen, cancellationToken) =>
        {
            string text = parsed.GetValue(subject)!;
            if (!SubjectPattern.TryParse(text, out SubjectPattern? pattern, out SubjectError? error) || !pattern.IsLiteral)
            {
                screen.Error(error?.Message ?? $"'{text}' is a pattern. Give the subject of one message, as in orders.42.shipped.");
                return ExitCodes.WrongUsage;
            }

            Explanation[] explanations = [.. host.Plans().Select(plan => Explanation.Of(plan, text))];
            (ServerView? view, string? why) = parsed.GetValue(offline) ? (null, "not asked") : await LookAsync(host, text, cancellationToken).ConfigureAwait(false);
            if (screen.IsJson)
                screen.Json(ToJson(text, explanations, view, why));
            else
                Show(screen, text, explanations, view, why);
            return explanations.Any(explanation => explanation.Calls.Count > 0) ? ExitCodes.Done : ExitCodes.Findings;
        });
        return command;
    }

    private static async Task<(ServerView? View, string? Why)> LookAsync(VerbHost host, string subject, CancellationToken cancellationToken)
    {
        try
        {
            await host.ConnectAsync(cancellationToken).ConfigureAwait(false);
            return (await ServerView.OfAsync(host.JetStream, subject, cancellationToken).ConfigureAwait(false), null);
        }
        catch (NatsException e)
        {
            return (null, e.Message);
        }
    }

    private static void Show(Screen screen, string subject, Explanation[] explanations, ServerView? view, string? why)
    {
        screen.Line(Screen.Strong(subject));
        ShowStreams(screen, view, why);
        foreach (Explanation explanation in explanations)
        {
            string name = explanation.Plan.Name;
            if (!explanation.IsTaken)
            {
                screen.Line($"  {name} does not take it: {explanation.WhyNot(subject)}.");
                continue;
            }

            screen.Line($"  {Screen.Good(name)} takes it from stream '{explanation.Plan.Stream}' as '{explanation.Plan.Durable}', by {string.Join(", ", explanation.Plan.Subjects)}{Durable(explanation, view, subject)}");
            foreach (ExplainedCall call in explanation.Calls)
                screen.Line($"    {Call(call)}");
            if (explanation.Calls.Count == 0)
                screen.Line($"    {Screen.Doubtful("No handler has a pattern for it: it becomes a dead letter.")}");
        }

        string[] own = [.. explanations.Select(explanation => explanation.Plan.Durable)];
        foreach (ConsumerInfo other in view?.Consumers.Where(consumer => !own.Contains(consumer.Name)) ?? [])
            screen.Line($"  Consumer '{other.Name}' of stream '{other.Stream}' gets it, too; it is none of this application.");
        if (explanations.All(explanation => !explanation.IsTaken))
            screen.Line(Screen.Doubtful("  No consumer of this application takes it."));
    }

    private static void ShowStreams(Screen screen, ServerView? view, string? why)
    {
        if (view is null)
            screen.Line($"  The server: {why}");
        else if (view.Streams.Count == 0)
            screen.Line($"  {Screen.Doubtful("No stream captures it: publishing it fails.")}");
        foreach ((StreamInfo stream, long messages) in view?.Streams ?? [])
            screen.Line($"  Stream '{stream.Name}' stores it ({string.Join(", ", stream.Config.Subjects ?? [])}); it holds {messages} of this subject.");
    }

    private static string Durable(Explanation explanation, ServerView? view, string subject)
    {
        if (view is null)
            return ".";
        return view.Consumers.FirstOrDefault(consumer => consumer.Stream == explanation.Plan.Stream && consumer.Name == explanation.Plan.Durable) is { } durable
            ? $"; {durable.Pending} to come, {durable.AckPending} unsettled."
            : view.Streams.Any(stream => stream.Stream.Name == explanation.Plan.Stream)
                ? $". {Screen.Doubtful($"On the server there is no such consumer, or its filter does not let '{subject}' through: see plan.")}"
                : $". {Screen.Doubtful($"Stream '{explanation.Plan.Stream}' does not capture it, so it never comes: see plan.")}";
    }

    private static string Call(ExplainedCall call)
    {
        string why = call.Pattern is null ? "since no pattern matches" : $"by '{call.Pattern}'{(call.Others.Count > 0 ? $", which is more specific than {string.Join(", ", call.Others.Select(other => $"'{other}'"))}" : "")}";
        string tokens = string.Concat(call.Tokens.Select(token => $", {token.Key} = '{token.Value}'"));
        return $"calls {Screen.Strong(call.Handler)} {why}{tokens}{(call.Payload is null ? "" : $", payload {call.Payload}")}.";
    }

    private static JsonObject ToJson(string subject, Explanation[] explanations, ServerView? view, string? why) => new()
    {
        ["subject"] = subject,
        ["server"] = why,
        ["streams"] = view is null ? null : new JsonArray([.. view.Streams.Select(stream => (JsonNode)new JsonObject { ["name"] = stream.Stream.Name, ["messages"] = stream.Messages })]),
        ["consumersOnServer"] = view is null ? null : new JsonArray([.. view.Consumers.Select(consumer => (JsonNode)new JsonObject { ["stream"] = consumer.Stream, ["name"] = consumer.Name, ["pending"] = consumer.Pending, ["unsettled"] = consumer.AckPending })]),
        ["consumers"] = new JsonArray([.. explanations.Select(explanation => (JsonNode)new JsonObject
        {
            ["name"] = explanation.Plan.Name,
            ["stream"] = explanation.Plan.Stream,
            ["durable"] = explanation.Plan.Durable,
            ["takes"] = explanation.IsTaken,
            ["why"] = explanation.IsTaken ? null : explanation.WhyNot(subject),
            ["calls"] = new JsonArray([.. explanation.Calls.Select(call => (JsonNode)new JsonObject
            {
                ["handler"] = call.Handler,
                ["pattern"] = call.Pattern,
                ["lessSpecific"] = new JsonArray([.. call.Others.Select(other => (JsonNode)other)]),
                ["tokens"] = new JsonObject([.. call.Tokens.Select(token => KeyValuePair.Create(token.Key, (JsonNode?)token.Value))]),
                ["payload"] = call.Payload,
            })]),
        })]),
    };
}
