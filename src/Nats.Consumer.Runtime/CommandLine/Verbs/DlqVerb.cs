using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Nats.Consumer.CommandLine.Verbs;

/// <summary><c>dlq list|show|replay|purge</c>: the dead letters.</summary>
internal static class DlqVerb
{
    private const int ListedByDefault = 50;

    public static Command Create(VerbHost host)
    {
        var command = new Command("dlq", "Dead letters: look at them, publish them again, delete them.");
        command.Subcommands.Add(List(host));
        command.Subcommands.Add(Show(host));
        command.Subcommands.Add(Replay(host));
        command.Subcommands.Add(Purge(host));
        return command;
    }

    private static Command List(VerbHost host)
    {
        var command = new Command("list", "List dead letters, the oldest first.");
        var which = new WhichLetters(command);
        var limit = new Option<int>("--limit") { Description = "How many at the most.", DefaultValueFactory = _ => ListedByDefault, HelpName = "N" };
        command.Options.Add(limit);
        host.SetAction(command, async (parsed, screen, cancellationToken) =>
        {
            IDeadLetters letters = await which.ConnectAsync(host, parsed, cancellationToken).ConfigureAwait(false);
            long count = await letters.CountAsync(which.Filter(host, parsed), cancellationToken).ConfigureAwait(false);
            List<DeadLetter> listed = await letters.ListAsync(which.Filter(host, parsed), cancellationToken: cancellationToken).Take(Math.Max(0, parsed.GetValue(limit))).ToListAsync(cancellationToken).ConfigureAwait(false);
            if (screen.IsJson)
            {
                screen.Json(new JsonObject { ["stream"] = letters.Stream, ["count"] = count, ["letters"] = new JsonArray([.. listed.Select(letter => (JsonNode)ToJson(letter))]) });
                return ExitCodes.Done;
            }

            if (listed.Count > 0)
                screen.Table(["number", "given up", "consumer", "subject", "deliveries", "why"], [.. listed.Select(letter => (IReadOnlyList<string>)[Text(letter.Sequence), At(letter.Time), letter.Consumer, letter.Subject, Text(letter.Deliveries), letter.Reason])]);
            screen.Line($"{Amount.Of(count, "dead letter")} of stream '{letters.Stream}'{(count > listed.Count ? $", {Text(listed.Count)} shown" : "")}.");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Show(VerbHost host)
    {
        var command = new Command("show", "Show one dead letter, with its payload.");
        Argument<ulong> number = Number();
        command.Arguments.Add(number);
        var which = new WhichLetters(command, withFilter: false);
        host.SetAction(command, async (parsed, screen, cancellationToken) =>
        {
            IDeadLetters letters = await which.ConnectAsync(host, parsed, cancellationToken).ConfigureAwait(false);
            if (await letters.GetAsync(parsed.GetValue(number), cancellationToken).ConfigureAwait(false) is not { } letter)
            {
                screen.Error($"There is no dead letter {parsed.GetValue(number)} of stream '{letters.Stream}'. See dlq list.");
                return ExitCodes.Failed;
            }

            if (screen.IsJson)
                screen.Json(ToJson(letter));
            else
                ShowLetter(screen, letter);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Replay(VerbHost host)
    {
        var command = new Command("replay", "Publish the messages again, under their own subjects, and delete the dead letters.");
        var numbers = new Argument<ulong[]>("number") { Description = "Numbers of dead letters, from dlq list; all without any.", Arity = ArgumentArity.ZeroOrMore };
        command.Arguments.Add(numbers);
        var which = new WhichLetters(command);
        Option<bool> dryRun = DryRun(command);
        host.SetAction(command, async (parsed, screen, cancellationToken) =>
        {
            IDeadLetters letters = await which.ConnectAsync(host, parsed, cancellationToken).ConfigureAwait(false);
            return await DlqReplay.RunAsync(letters, which.Filter(host, parsed), parsed.GetValue(numbers) ?? [], parsed.GetValue(dryRun), screen, cancellationToken).ConfigureAwait(false);
        });
        return command;
    }

    private static Command Purge(VerbHost host)
    {
        var command = new Command("purge", "Delete dead letters for good.");
        var which = new WhichLetters(command);
        Option<bool> dryRun = DryRun(command);
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask." };
        command.Options.Add(yes);
        host.SetAction(command, async (parsed, screen, cancellationToken) =>
        {
            IDeadLetters letters = await which.ConnectAsync(host, parsed, cancellationToken).ConfigureAwait(false);
            long count = await letters.CountAsync(which.Filter(host, parsed), cancellationToken).ConfigureAwait(false);
            bool only = parsed.GetValue(dryRun);
            if (!only && count > 0 && !parsed.GetValue(yes) && !screen.Confirm($"Delete {Amount.Of(count, "dead letter")} of stream '{letters.Stream}' for good?", "--yes"))
                return ExitCodes.Failed;
            if (!only && count > 0)
                count = await letters.PurgeAsync(which.Filter(host, parsed), cancellationToken).ConfigureAwait(false);
            if (screen.IsJson)
                screen.Json(new JsonObject { ["stream"] = letters.Stream, ["count"] = count, ["dryRun"] = only });
            else
                screen.Line($"{Amount.Of(count, "dead letter")} of stream '{letters.Stream}' {(only ? "would be" : count == 1 ? "was" : "were")} deleted.");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Argument<ulong> Number() => new("number") { Description = "The number of the dead letter, from dlq list." };

    private static Option<bool> DryRun(Command command)
    {
        var option = new Option<bool>("--dry-run") { Description = "Say what would be done, and do nothing." };
        command.Options.Add(option);
        return option;
    }

    private static void ShowLetter(Screen screen, DeadLetter letter)
    {
        (string Name, string? Value)[] facts =
        [
            ("subject", letter.Subject), ("why", letter.Reason), ("error", letter.Error), ("consumer", letter.Consumer), ("stream", $"{letter.Stream}, number {Text(letter.StreamSequence)}"),
            ("stored", letter.StoredAt is { } stored ? At(stored) : null), ("given up", At(letter.Time)), ("deliveries", Text(letter.Deliveries)), ("replays", Text(letter.Replays)), ("host", letter.Host),
            ("stack", letter.Stack),
        ];
        foreach ((string name, string? value) in facts.Where(fact => fact.Value is not null))
            screen.Line($"{name,-12}{value}");
        foreach (KeyValuePair<string, string> header in letter.Headers ?? [])
            screen.Line($"{"header",-12}{header.Key}: {header.Value}");
        screen.Line($"{"payload",-12}{(letter.IsPayloadMissing ? "(gone)" : PayloadText(letter))}");
    }

    private static JsonObject ToJson(DeadLetter letter) => new()
    {
        ["number"] = letter.Sequence,
        ["subject"] = letter.Subject,
        ["reason"] = letter.Reason,
        ["error"] = letter.Error,
        ["consumer"] = letter.Consumer,
        ["stream"] = letter.Stream,
        ["streamSequence"] = letter.StreamSequence,
        ["deliveries"] = letter.Deliveries,
        ["replays"] = letter.Replays,
        ["storedAt"] = letter.StoredAt?.ToString("O", CultureInfo.InvariantCulture),
        ["time"] = letter.Time.ToString("O", CultureInfo.InvariantCulture),
        ["host"] = letter.Host,
        ["headers"] = new JsonObject([.. (letter.Headers ?? []).Select(header => KeyValuePair.Create(header.Key, (JsonNode?)header.Value)).DistinctBy(header => header.Key)]),
        ["payload"] = PayloadText(letter),
        ["stack"] = letter.Stack,
    };

    private static string PayloadText(DeadLetter letter)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(letter.Payload.Span);
        }
        catch (ArgumentException)
        {
            return $"base64:{Convert.ToBase64String(letter.Payload.Span)}";
        }
    }

    private static string At(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(ulong number) => number.ToString(CultureInfo.InvariantCulture);
}
