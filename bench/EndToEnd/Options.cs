using System.CommandLine;

namespace Nats.Consumer.EndToEnd;

/// <summary>What the command line says.</summary>
internal sealed record Options(int Messages, int Rounds, string? Url, IReadOnlyList<string> Only)
{
    public static RootCommand Command(Func<Options, CancellationToken, Task> run, Func<string, string, CancellationToken, Task> blast)
    {
        var messages = new Option<int>("--messages") { Description = "Messages per run, 20,000 or more.", DefaultValueFactory = _ => 200_000 };
        var rounds = new Option<int>("--rounds") { Description = "Rounds that count; one more before them warms up.", DefaultValueFactory = _ => 3 };
        var url = new Option<string?>("--url") { Description = "A server that runs already. Without it one is started, and its CPU is measured, too." };
        var only = new Option<string[]>("--only")
        {
            Description = "Groups to run; all without it: " + string.Join(", ", Groups.Names),
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        only.AcceptOnlyFromAmong([.. Groups.Names]);
        messages.Validators.Add(result => { if (result.GetValue(messages) < 20_000) result.AddError("--messages must be at least 20,000."); });
        rounds.Validators.Add(result => { if (result.GetValue(rounds) < 1) result.AddError("--rounds must be at least 1."); });
        var root = new RootCommand("Measures the client and the runtime against a bare socket loop, on a real nats-server.") { messages, rounds, url, only };
        root.SetAction((parsed, cancel) => run(
            new Options(parsed.GetValue(messages), parsed.GetValue(rounds), parsed.GetValue(url), parsed.GetValue(only) ?? []), cancel));

        var from = new Argument<string>("url");
        var subject = new Argument<string>("subject");
        var blaster = new Command("blast", "The publishing side of the group 'receive', a process of its own.") { from, subject };
        blaster.Hidden = true;
        blaster.SetAction((parsed, cancel) => blast(parsed.GetRequiredValue(from), parsed.GetRequiredValue(subject), cancel));
        root.Subcommands.Add(blaster);
        return root;
    }
}
