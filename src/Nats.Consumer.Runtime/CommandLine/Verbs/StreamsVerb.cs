using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Nats.Consumer.Configuration;
using Nats.Consumer.JetStream;
using Nats.Consumer.Planning;
using Nats.Consumer.Streams;

namespace Nats.Consumer.CommandLine.Verbs;

/// <summary><c>streams list|info|update|delete</c>.</summary>
internal static class StreamsVerb
{
    public static Command Create(VerbHost host)
    {
        var command = new Command("streams", "The streams of the server: list, look at, change and delete them.");
        command.Subcommands.Add(List(host));
        command.Subcommands.Add(Info(host));
        command.Subcommands.Add(Update(host));
        command.Subcommands.Add(Delete(host));
        return command;
    }

    private static Command List(VerbHost host)
    {
        var command = new Command("list", "List the streams.");
        var which = new WhichConnection(command);
        host.SetAction(command, async (parsed, screen, cancellationToken) =>
        {
            IJetStream jetStream = await which.ConnectAsync(host, parsed, cancellationToken).ConfigureAwait(false);
            List<StreamInfo> streams = await jetStream.ListStreamsAsync(cancellationToken: cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
            streams.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
            if (!screen.IsJson)
                PrefixNote.Show(screen, [which.Of(host, parsed)]);
            if (screen.IsJson)
                screen.Json(new JsonArray([.. streams.Select(stream => stream.Json.DeepClone())]));
            else if (streams.Count == 0)
                screen.Line("There is no stream.");
            else
                screen.Table(["stream", "subjects", "messages", "bytes", "consumers"], [.. streams.Select(stream => (IReadOnlyList<string>)[stream.Name, string.Join(", ", stream.Config.Subjects ?? []), Text(stream.State.Messages), Text(stream.State.Bytes), Text(stream.State.Consumers)])]);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Info(VerbHost host)
    {
        var command = new Command("info", "Show a stream: its configuration, what it holds, its consumers.");
        Argument<string> name = Name(command);
        var which = new WhichConnection(command);
        host.SetAction(command, async (parsed, screen, cancellationToken) =>
        {
            IJetStream jetStream = await which.ConnectAsync(host, parsed, cancellationToken).ConfigureAwait(false);
            if (await FindAsync(jetStream, parsed.GetValue(name)!, screen, cancellationToken).ConfigureAwait(false) is not { } stream)
                return ExitCodes.Failed;
            List<ConsumerInfo> consumers = await jetStream.ListConsumersAsync(stream.Name, cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
            if (screen.IsJson)
            {
                screen.Json(new JsonObject { ["stream"] = stream.Json.DeepClone(), ["consumers"] = new JsonArray([.. consumers.Select(consumer => consumer.Json.DeepClone())]) });
                return ExitCodes.Done;
            }

            screen.Line($"{Screen.Strong(stream.Name)} holds {Text(stream.State.Messages)} messages ({Text(stream.State.Bytes)} bytes), numbers {Text(stream.State.FirstSequence)} to {Text(stream.State.LastSequence)}");
            foreach ((string field, JsonNode? value) in (JsonObject)stream.Json["config"]!)
                screen.Line($"  {field,-24}{FieldText.Of(field, value)}");
            if (consumers.Count > 0)
                screen.Table(["  consumer", "filter", "to come", "unsettled", "redelivered"], [.. consumers.Select(consumer => (IReadOnlyList<string>)[$"  {consumer.Name}", string.Join(", ", consumer.Config.FilterSubjects ?? []), Text(consumer.Pending), Text(consumer.AckPending), Text(consumer.Redelivered)])]);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Update(VerbHost host)
    {
        var command = new Command("update", "Change what is given of a stream, and nothing else. Asks before messages are lost.");
        Argument<string> name = Name(command);
        var which = new WhichConnection(command);
        var options = new StreamOptions(command);
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would change, and change nothing. Exit code 2 when something would." };
        Option<bool> yes = Yes(command);
        command.Options.Add(dryRun);
        host.SetAction(command, async (parsed, screen, cancellationToken) =>
        {
            if (!options.AreAny(parsed))
            {
                screen.Error($"Nothing to change was given. Give at least one of {string.Join(", ", options.Names)}.");
                return ExitCodes.WrongUsage;
            }

            StreamOperation operation = StreamOperation.Update(options.Config(parsed.GetValue(name)!, parsed));
            IJetStream jetStream = await which.ConnectAsync(host, parsed, cancellationToken).ConfigureAwait(false);
            JetStreamApi api = which.Of(host, parsed).Api;
            if (await FindAsync(jetStream, operation.Stream, screen, cancellationToken).ConfigureAwait(false) is null)
                return ExitCodes.Failed;
            PlanStep step = await operation.PlanAsync(new PlanView(api), cancellationToken).ConfigureAwait(false);
            if (screen.IsJson)
                screen.Json(PlanText.ToJson([step]));
            else
                PlanText.Show(screen, [step]);
            if (step.Action == PlanAction.Impossible)
                return ExitCodes.Failed;
            if (parsed.GetValue(dryRun))
                return step.IsDrift ? ExitCodes.Findings : ExitCodes.Done;
            if (step.IsDestructive && !parsed.GetValue(yes) && !screen.Confirm($"Change {step.What}, and lose messages?", "--yes"))
                return ExitCodes.Failed;
            StreamChange change = await operation.ApplyAsync(api, cancellationToken).ConfigureAwait(false);
            if (!screen.IsJson)
                screen.Line(change.ToString());
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Delete(VerbHost host)
    {
        var command = new Command("delete", "Delete a stream, its messages and its consumers. Asks first.");
        Argument<string> name = Name(command);
        var which = new WhichConnection(command);
        Option<bool> yes = Yes(command);
        host.SetAction(command, async (parsed, screen, cancellationToken) =>
        {
            IJetStream jetStream = await which.ConnectAsync(host, parsed, cancellationToken).ConfigureAwait(false);
            if (await FindAsync(jetStream, parsed.GetValue(name)!, screen, cancellationToken).ConfigureAwait(false) is not { } stream)
                return ExitCodes.Failed;
            if (!parsed.GetValue(yes) && !screen.Confirm($"Delete stream '{stream.Name}'? {StreamEffects.OfDeleting(stream.Json)[0]}", "--force"))
                return ExitCodes.Failed;
            await jetStream.DeleteStreamAsync(stream.Name, cancellationToken).ConfigureAwait(false);
            if (screen.IsJson)
                screen.Json(new JsonObject { ["deleted"] = stream.Name, ["messages"] = stream.State.Messages });
            else
                screen.Line($"Stream '{stream.Name}' deleted.");
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task<StreamInfo?> FindAsync(IJetStream jetStream, string name, Screen screen, CancellationToken cancellationToken)
    {
        if (await jetStream.GetStreamAsync(name, cancellationToken: cancellationToken).ConfigureAwait(false) is { } stream)
            return stream;
        string[] names = [.. await jetStream.ListStreamNamesAsync(cancellationToken: cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false)];
        screen.Error($"There is no stream '{name}'.{Suggestion.For(name, names)}");
        return null;
    }

    private static Argument<string> Name(Command command)
    {
        var name = new Argument<string>("stream") { Description = "The stream's name." };
        command.Arguments.Add(name);
        return name;
    }

    private static Option<bool> Yes(Command command)
    {
        var yes = new Option<bool>("--yes", "-y", "--force") { Description = "Do not ask." };
        command.Options.Add(yes);
        return yes;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(ulong number) => number.ToString(CultureInfo.InvariantCulture);
}
