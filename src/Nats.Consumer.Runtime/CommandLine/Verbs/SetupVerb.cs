using System.CommandLine;
using System.Text.Json.Nodes;
using Nats.Consumer.Planning;
using Nats.Consumer.Streams;

namespace Nats.Consumer.CommandLine.Verbs;

/// <summary><c>setup</c>: make on the server what the consumers need.</summary>
internal static class SetupVerb
{
    public static Command Create(VerbHost host)
    {
        var command = new Command("setup", "Make the streams and consumers on the server what the code says, then end. Asks before something is lost.");
        Argument<string[]> consumers = ConsumerNames.Argument(host);
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask." };
        command.Arguments.Add(consumers);
        command.Options.Add(yes);
        host.SetAction(command, async (parsed, screen, cancellationToken) =>
        {
            var setup = new LinkedSetup(host, host.Plans(parsed.GetValue(consumers)));
            IReadOnlyList<PlanStep> steps = await setup.PlanAsync(cancellationToken).ConfigureAwait(false);
            if (steps.Any(step => step.Action == PlanAction.Impossible))
                return Refuse(screen, steps);
            if (!screen.IsJson)
                PrefixNote.Show(screen, setup.Links);
            PlanStep[] losses = [.. steps.Where(step => step.IsDestructive)];
            if (losses.Length > 0 && !parsed.GetValue(yes))
            {
                if (!screen.IsJson)
                    PlanText.Show(screen, losses);
                if (!screen.Confirm($"Something is lost by {string.Join(", ", losses.Select(step => $"{(step.Action == PlanAction.Delete ? "deleting" : "changing")} {step.What}"))}. Go on?", "--yes"))
                    return ExitCodes.Failed;
            }

            var done = new JsonArray();
            await setup.ApplyAsync(change => Tell(screen, done, change), cancellationToken).ConfigureAwait(false);
            if (screen.IsJson)
                screen.Json(new JsonObject { ["changes"] = done });
            return ExitCodes.Done;
        });
        return command;
    }

    private static int Refuse(Screen screen, IReadOnlyList<PlanStep> steps)
    {
        foreach (PlanStep step in steps.Where(step => step.Action == PlanAction.Impossible))
            screen.Error($"{char.ToUpperInvariant(step.What[0])}{step.What[1..]}: {step.Problem}");
        screen.Error("Nothing was changed. See plan.");
        return ExitCodes.Failed;
    }

    private static void Tell(Screen screen, JsonArray done, StreamChange change)
    {
        if (screen.IsJson)
            done.Add((JsonNode)new JsonObject { ["what"] = change.What, ["change"] = change.Kind.ToString(), ["text"] = change.ToString() });
        else
            screen.Line(change.ToString());
    }
}
