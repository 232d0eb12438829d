using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Nats.Consumer.Client;
using Nats.Consumer.Consuming;
using Nats.Consumer.Hosting;

namespace Nats.Consumer.CommandLine;

/// <summary>What verbs need of the application.</summary>
/// <param name="host">The application.</param>
/// <param name="keyboard">Where questions are answered; <see langword="null"/> where nobody can.</param>
internal sealed class VerbHost(IHost host, TextReader? keyboard)
{
    public IHost Host => host;

    public IServiceProvider Services => host.Services;

    public ConsumerSet Consumers => Get<ConsumerSet>();

    public ServerLinks Links => Get<ServerLinks>();

    public NatsOptions Options => Get<IOptions<NatsOptions>>().Value;

    public T Get<T>()
        where T : notnull => host.Services.GetRequiredService<T>();

    /// <summary>Gives a command its action: what it prints goes to a screen, and what can be said of an error is one line and exit code 1.</summary>
    /// <param name="command">The command. It gets <c>--json</c>.</param>
    /// <param name="action">What it does.</param>
    public void SetAction(Command command, Func<ParseResult, Screen, CancellationToken, Task<int>> action)
    {
        var json = new Option<bool>("--json") { Description = "Print JSON, for machines." };
        command.Options.Add(json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            BeQuiet();
            var screen = new Screen(parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, keyboard, parsed.GetValue(json));
            try
            {
                if (Options.Problem is { } problem)
                    throw problem;
                return await action(parsed, screen, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is NatsException or ArgumentException or IOException)
            {
                screen.Error(e.Message);
                return ExitCodes.Failed;
            }
            finally
            {
                screen.EndProgress();
            }
        });
    }

    /// <summary>The plans of the consumers with these names; of all without names.</summary>
    /// <exception cref="ConsumerConfigurationException">One of them can never work, or a name is not known.</exception>
    public IReadOnlyList<ConsumerPlan> Plans(string[]? names = null)
    {
        Consumers.Selected = names ?? [];
        IReadOnlyList<ConsumerPlan> plans = Consumers.Plan();
        Links.Of(plans);
        return plans;
    }

    /// <summary>The JetStream of a connection's server.</summary>
    /// <exception cref="NatsException">It does not answer, or there is none.</exception>
    public static async Task<IJetStream> ConnectAsync(ServerLink link, CancellationToken cancellationToken)
    {
        await link.Connection.ConnectAsync(cancellationToken).ConfigureAwait(false);
        await link.Api.CheckEnabledAsync(cancellationToken).ConfigureAwait(false);
        return link.JetStream;
    }

    public WorkerSetup SetupOn(ServerLink link) => new(link.Api, new ConsumerProvisioner(link.Api, Get<ILoggerFactory>().CreateLogger("Nats.Consumer")));

    // What a verb prints is its answer, so what is logged goes elsewhere, and only what is worth a warning, unless somebody wants it otherwise.
    private void BeQuiet()
    {
        if (host.Services.GetService<IOptionsMonitor<ConsoleLoggerOptions>>() is { } console)
            console.CurrentValue.LogToStandardErrorThreshold = LogLevel.Trace;
        if (Get<IConfiguration>() is IConfigurationRoot configuration && configuration["Logging:LogLevel:Nats.Consumer"] is null)
        {
            configuration["Logging:LogLevel:Nats.Consumer"] = nameof(LogLevel.Warning);
            configuration.Reload();
        }
    }
}
