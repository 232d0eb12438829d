using System.CommandLine;
using System.Text.Json.Nodes;
using Nats.Consumer.Client;
using Nats.Consumer.Hosting;
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
        var which = new WhichConnection(command);
        host.SetAction(command, async (parsed, screen, cancellationToken) =>
        {
            string text = parsed.GetValue(subject)!;
            if (!SubjectPattern.TryParse(text, out SubjectPattern? pattern, out SubjectError? error) || !pattern.IsLiteral)
            {
                screen.Error(error?.Message ?? $"'{text}' is a pattern. Give the subject of one message, as in orders.42.shipped.");
                return ExitCodes.WrongUsage;
            }

            var looked = new List<Looked>();
            foreach (LinkPlans used in Links(host, which, parsed))
            {
                (ServerView? view, string? why) = parsed.GetValue(offline) ? (null, "not asked") : await LookAsync(used.Link, text, cancellationToken).ConfigureAwait(false);
                looked.Add(new Looked(used.Link, [.. used.Plans.Select(plan => Explanation.Of(plan, text))], view, why));
            }

            if (screen.IsJson)
                screen.Json(ToJson(text, looked));
            else
                Show(screen, text, looked);
            return looked.Any(one => one.Explanations.Any(explanation => explanation.Calls.Count > 0)) ? ExitCodes.Done : ExitCodes.Findings;
        });
        return command;
    }

    private static IReadOnlyList<LinkPlans> Links(VerbHost host, WhichConnection which, ParseResult parsed)
    {
        IReadOnlyList<LinkPlans> used = host.Links.Of(host.Plans());
        if (which.Name(parsed) is null)
            return used;
        ServerLink wanted = which.Of(host, parsed);
        return [used.FirstOrDefault(one => one.Link == wanted) ?? new LinkPlans(wanted, [])];
    }

    private static async Task<(ServerView? View, string? Why)> LookAsync(ServerLink link, string subject, CancellationToken cancellationToken)
    {
        try
        {
            IJetStream jetStream = await VerbHost.ConnectAsync(link, cancellationToken).ConfigureAwait(false);
            return (await ServerView.OfAsync(jetStream, subject, cancellationToken).ConfigureAwait(false), null);
        }
        catch (NatsException e)
        {
            return (null, e.Message);
        }
    }

    private static void Show(Screen screen, string subject, List<Looked> looked)
    {
        PrefixNote.Show(screen, looked.Select(one => one.Link));
        screen.Line(Screen.Strong(subject));
        foreach (Looked one in looked)
        {
            if (looked.Count > 1)
                screen.Line($"  By {one.Link.Title}:");
            Show(screen, subject, one);
        }

        if (looked.All(one => one.Explanations.All(explanation => !explanation.IsTaken)))
            screen.Line(Screen.Doubtful("  No consumer of this application takes it."));
    }

    private static void Show(Screen screen, string subject, Looked looked)
    {
        (_, Explanation[] explanations, ServerView? view, string? why) = looked;
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

    private static JsonObject ToJson(string subject, List<Looked> looked) => new()
    {
        ["subject"] = subject,
        ["server"] = looked.Select(one => one.Why).FirstOrDefault(why => why is not null),
        ["streams"] = looked.All(one => one.View is null) ? null : new JsonArray([.. looked.SelectMany(one => (one.View?.Streams ?? []).Select(stream => (JsonNode)new JsonObject
        {
            ["connection"] = one.Link.Name,
            ["name"] = stream.Stream.Name,
            ["messages"] = stream.Messages,
        }))]),
        ["consumersOnServer"] = looked.All(one => one.View is null) ? null : new JsonArray([.. looked.SelectMany(one => (one.View?.Consumers ?? []).Select(consumer => (JsonNode)new JsonObject
        {
            ["connection"] = one.Link.Name,
            ["stream"] = consumer.Stream,
            ["name"] = consumer.Name,
            ["pending"] = consumer.Pending,
            ["unsettled"] = consumer.AckPending,
        }))]),
        ["consumers"] = new JsonArray([.. looked.SelectMany(one => one.Explanations.Select(explanation => (JsonNode)ToJson(subject, one.Link, explanation)))]),
    };

    private static JsonObject ToJson(string subject, ServerLink link, Explanation explanation) => new()
    {
        ["name"] = explanation.Plan.Name,
        ["connection"] = link.Name,
        ["subjectPrefix"] = link.Prefix?.Name,
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
    };

    /// <summary>What one connection's consumers do, and what its server says; no view and why where it was not asked.</summary>
    private sealed record Looked(ServerLink Link, Explanation[] Explanations, ServerView? View, string? Why);
}
