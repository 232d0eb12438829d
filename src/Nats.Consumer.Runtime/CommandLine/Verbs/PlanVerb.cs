using System.CommandLine;
using Nats.Consumer.Planning;

namespace Nats.Consumer.CommandLine.Verbs;

/// <summary><c>plan</c>: what <c>setup</c> would do.</summary>
internal static class PlanVerb
{
    public static Command Create(VerbHost host)
    {
        var command = new Command("plan", "Show what setup would change, and what that means. Exit code 2 when there is something.");
        Argument<string[]> consumers = ConsumerNames.Argument(host);
        command.Arguments.Add(consumers);
        host.SetAction(command, async (parsed, screen, cancellationToken) =>
        {
            var setup = new LinkedSetup(host, host.Plans(parsed.GetValue(consumers)));
            IReadOnlyList<PlanStep> steps = await setup.PlanAsync(cancellationToken).ConfigureAwait(false);
            if (screen.IsJson)
            {
                screen.Json(PlanText.ToJson(steps));
            }
            else
            {
                PrefixNote.Show(screen, setup.Links);
                PlanText.Show(screen, steps);
            }

            return steps.Any(step => step.IsDrift) ? ExitCodes.Findings : ExitCodes.Done;
        });
        return command;
    }
}
