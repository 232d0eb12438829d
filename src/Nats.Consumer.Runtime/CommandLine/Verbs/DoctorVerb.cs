using System.CommandLine;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Hosting;
using Nats.Consumer.Client;
using Nats.Consumer.Consuming;
using Nats.Consumer.Diagnosis;
using Nats.Consumer.Hosting;

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
            List<Examined> examined = [];
            IReadOnlyList<LinkPlans> links = host.Links.Of(host.Plans());
            foreach (LinkPlans link in links)
                examined.Add(await ExamineAsync(host, link, links.Count > 1, parsed.GetValue(all), screen, cancellationToken).ConfigureAwait(false));
            Finding[] findings = [.. examined.SelectMany(one => one.Findings).OrderByDescending(finding => finding.Gravity)];
            screen.EndProgress();
            if (screen.IsJson)
                screen.Json(ToJson(examined));
            else
                Show(screen, examined, findings);
            return findings.Any(finding => finding.Gravity != Gravity.Note) ? ExitCodes.Findings : ExitCodes.Done;
        });
        return command;
    }

    // One of several servers that is away is a finding; the others are looked at all the same.
    private static async Task<Examined> ExamineAsync(VerbHost host, LinkPlans of, bool areSeveral, bool everything, Screen screen, CancellationToken cancellationToken)
    {
        (ServerLink link, IReadOnlyList<ConsumerPlan> plans) = of;
        string where = areSeveral ? $" on {link.Title}" : "";
        try
        {
            IJetStream jetStream = await VerbHost.ConnectAsync(link, cancellationToken).ConfigureAwait(false);
            var doctor = new Doctor(jetStream, link.Connection, host.SetupOn(link), host.Get<IHostEnvironment>().ApplicationName);
            IReadOnlyList<Finding> findings = await doctor.ExamineAsync(plans, everything, what => screen.Progress($"Looking at {what}{where} …"), cancellationToken).ConfigureAwait(false);
            return new Examined(link, where, link.Connection.ServerInfo!.VersionText, [.. findings.Select(finding => finding with { Where = $"{finding.Where}{where}" })]);
        }
        catch (NatsException e) when (areSeveral)
        {
            return new Examined(link, where, null, [new Finding(Gravity.Problem, "unreachable", link.Title, e.Message, $"Start the server, or correct {link.UrlSetting} and its credentials. Its consumers wait for it.")]);
        }
    }

    private static void Show(Screen screen, List<Examined> examined, Finding[] findings)
    {
        PrefixNote.Show(screen, examined.Select(server => server.Link));
        foreach (Examined server in examined.Where(server => server.Version is not null))
            screen.Line($"nats-server {server.Version}{server.Where} answers, and JetStream is on.");
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
        screen.Line(findings.Length == 0 ? Screen.Good("Nothing was found.") : $"{Amount.Of(Count(Gravity.Problem), "problem")}, {Amount.Of(Count(Gravity.Warning), "warning")}, {Amount.Of(Count(Gravity.Note), "note")}.");
    }

    private static JsonObject ToJson(List<Examined> examined) => new()
    {
        ["server"] = examined[0].Version,
        ["servers"] = new JsonArray([.. examined.Select(server => (JsonNode)new JsonObject { ["connection"] = server.Link.Name, ["version"] = server.Version, ["subjectPrefix"] = server.Link.Prefix?.Name })]),
        ["findings"] = new JsonArray([.. examined.SelectMany(server => server.Findings.Select(finding => (server.Link, Finding: finding))).OrderByDescending(one => one.Finding.Gravity).Select(one => (JsonNode)ToJson(one.Link, one.Finding))]),
    };

    private static JsonObject ToJson(ServerLink link, Finding finding) => new()
    {
        ["gravity"] = finding.Gravity.ToString().ToLowerInvariant(),
        ["id"] = finding.Id,
        ["connection"] = link.Name,
        ["where"] = finding.Where,
        ["problem"] = finding.Problem,
        ["remedy"] = finding.Remedy,
    };

    /// <summary>What was found by one connection; no version when nobody answered.</summary>
    private sealed record Examined(ServerLink Link, string Where, string? Version, IReadOnlyList<Finding> Findings);
}
