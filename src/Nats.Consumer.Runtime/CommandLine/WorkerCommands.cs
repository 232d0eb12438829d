using System.CommandLine;
using System.CommandLine.Parsing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Nats.Consumer.Client;
using Nats.Consumer.Hosting;
using Nats.Consumer.JetStream;
using Nats.Consumer.Streams;

namespace Nats.Consumer.CommandLine;

/// <summary>The verbs.</summary>
internal static class WorkerCommands
{
    public static RootCommand Create(IHost host)
    {
        var root = new RootCommand("Consumes NATS JetStream. Without a verb: run.");
        AddRun(root, host);
        var run = new Command("run", "Consume until stopped.");
        AddRun(run, host);
        root.Subcommands.Add(run);

        var setup = new Command("setup", "Apply the stream operations of the consumers, then end.");
        Argument<string[]> consumers = Consumers();
        setup.Arguments.Add(consumers);
        setup.SetAction((parsed, cancellationToken) => SetUpAsync(host, parsed.GetValue(consumers) ?? [], parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, cancellationToken));
        root.Subcommands.Add(setup);
        return root;
    }

    private static void AddRun(Command command, IHost host)
    {
        Argument<string[]> consumers = Consumers();
        var setup = new Option<bool>("--setup") { Description = "Apply the stream operations of the consumers first." };
        command.Arguments.Add(consumers);
        command.Options.Add(setup);
        command.SetAction((parsed, _) => RunAsync(host, parsed.GetValue(consumers) ?? [], parsed.GetValue(setup)));
    }

    private static Argument<string[]> Consumers()
    {
        var consumers = new Argument<string[]>("consumer") { Description = "Names of consumers; all when none is given.", Arity = ArgumentArity.ZeroOrMore };
        // The parser takes an option that it does not know for one more name.
        consumers.Validators.Add(result =>
        {
            foreach (Token token in result.Tokens.Where(token => token.Value.StartsWith('-')))
                result.AddError($"There is no option '{token.Value}'.{(token.Value.Contains(':', StringComparison.Ordinal) ? " A setting is written as --Section:Key=value." : " See --help.")}");
        });
        return consumers;
    }

    private static async Task<int> RunAsync(IHost host, string[] names, bool setUp)
    {
        ConsumerSet consumers = host.Services.GetRequiredService<ConsumerSet>();
        consumers.Selected = names;
        consumers.SetUpFirst = setUp;
        WorkerResult result = host.Services.GetRequiredService<WorkerResult>();
        BackgroundService[] others = [.. host.Services.GetServices<IHostedService>().OfType<BackgroundService>()];
        await host.RunAsync().ConfigureAwait(false); // SIGTERM and SIGINT are the host's to handle: it drains
        // The host stops when one of the application's own services throws, and calls that a success.
        return others.Any(service => service.ExecuteTask is { IsFaulted: true }) ? 1 : result.ExitCode;
    }

    private static async Task<int> SetUpAsync(IHost host, string[] names, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        try
        {
            ConsumerSet consumers = host.Services.GetRequiredService<ConsumerSet>();
            consumers.Selected = names;
            IReadOnlyList<JetStreamConsumer> definitions = consumers.Definitions;
            JetStreamApi api = host.Services.GetRequiredService<JetStreamApi>();
            await api.Connection.ConnectAsync(cancellationToken).ConfigureAwait(false);
            await api.CheckEnabledAsync(cancellationToken).ConfigureAwait(false);
            ILogger logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Nats.Consumer");
            foreach (StreamChange change in await StreamSetup.ApplyAsync(definitions, api, logger, cancellationToken).ConfigureAwait(false))
                await output.WriteLineAsync(change.ToString()).ConfigureAwait(false);
            return 0;
        }
        catch (NatsException e)
        {
            await error.WriteLineAsync(e.Message).ConfigureAwait(false);
            return 1;
        }
    }
}
