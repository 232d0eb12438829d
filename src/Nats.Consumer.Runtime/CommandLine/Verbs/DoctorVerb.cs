using System.CommandLine;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Hosting;
using Nats.Consumer.Client;
using Nats.Consumer.Diagnosis;
using Nats.Consumer.JetStream;

namespace Nats.Consumer.CommandLine.Verbs;

/// <summary><c>doctor</c>: look for what does harm, with its remedy.</summary>
internal static class DoctorVerb
{
    public static Command Create(VerbHost host)
    {
        var command = new Command("doctor", "Look for misconfigurations on the live system, each with its remedy. Exit code 2 when there is a warning or a problem.");
        var all = new Option<bool>("--all") { Description = "Look at every stream, not only at those that the application reads." };
        command.Options.Add(all);
        host.SetAction(command, async (parsed, screen, cancellationToken) =>
        {
            var plans = host.Plans();
            JetStreamApi api = await host.ConnectAsync(cancellationToken).ConfigureAwait(false);
            NatsServerInfo server = api.Connection.ServerInfo!;
            var doctor = new Doctor(host.JetStream, api.Connection, host.SetupOn(api), host.Get<IHostEnvironment>().ApplicationName);
            IReadOnlyList<Finding> findings = await doctor.ExamineAsync(plans, parsed.GetValue(all), what => screen.Progress($"Looking at {what} …"), cancellationToken).ConfigureAwait(false);
            screen.EndProgress();
            if (screen.IsJson)
                screen.Json(ToJson(server, findings));
            else
                Show(screen, server, findings);
            return findings.Any(finding => finding.Gravity != Gravity.Note) ? ExitCodes.Findings : ExitCodes.Done;
        });
        return command;
    }

    private static void Show(Screen screen, NatsServerInfo server, IReadOnlyList<Finding> findings)
    {
        screen.Line($"nats-server {server.VersionText} answers, and JetStream is on.");
        foreach (Finding finding in findings)
        {
            string gravity = finding.Gravity.ToString().ToLowerInvariant();
            string shown = finding.Gravity switch
            {
                Gravity.Problem => Screen.Bad(gravity),
                Gravity.Warning => Screen.Doubtful(gravity),
                _ => gravity,
            };
            screen.Line($"{shown} ({finding.Id}): {finding.Where}");
            screen.Line($"    {finding.Problem}");
            screen.Line($"    {finding.Remedy}");
        }

        int Count(Gravity gravity) => findings.Count(finding => finding.Gravity == gravity);
        screen.Line(findings.Count == 0 ? Screen.Good("Nothing was found.") : $"{Amount.Of(Count(Gravity.Problem), "problem")}, {Amount.Of(Count(Gravity.Warning), "warning")}, {Amount.Of(Count(Gravity.Note), "note")}.");
    }

    private static JsonObject ToJson(NatsServerInfo server, IReadOnlyList<Finding> findings) => new()
    {
        ["server"] = server.VersionText,
        ["findings"] = new JsonArray([.. findings.Select(finding => (JsonNode)new JsonObject
        {
            ["gravity"] = finding.Gravity.ToString().ToLowerInvariant(),
            ["id"] = finding.Id,
            ["where"] = finding.Where,
            ["problem"] = finding.Problem,
            ["remedy"] = finding.Remedy,
        })]),
    };
}
