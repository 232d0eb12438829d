using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Nats.Consumer.Configuration;
using Nats.Consumer.Hosting;

namespace Nats.Consumer.CommandLine.Verbs;

/// <summary><c>run</c>: consume until stopped. Also without a verb.</summary>
internal static class RunVerb
{
    public static void AddTo(Command command, VerbHost host)
    {
        Argument<string[]> consumers = ConsumerNames.Argument(host, command is RootCommand);
        var setup = new Option<bool>("--setup") { Description = "Set up what the consumers need on the server first." };
        var batchSize = new Option<int?>("--batch-size") { Description = "Messages kept requested and buffered, in the place of what the consumers state.", HelpName = "N" };
        var timeout = new Option<double?>("--timeout") { Description = "End after so many seconds, in good order.", HelpName = "SECONDS" };
        var demo = new Option<bool>("--demo") { Description = "Run on a JetStream in memory, with an example message for each handler, until all are settled." };
        batchSize.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int size) && size < 1)
                result.AddError("--batch-size must be at least 1.");
        });
        timeout.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && double.TryParse(result.Tokens[0].Value, System.Globalization.CultureInfo.InvariantCulture, out double seconds) && seconds is not (> 0 and < 2_000_000))
                result.AddError("--timeout must be more than 0 seconds, and less than 2,000,000.");
        });
        command.Arguments.Add(consumers);
        foreach (Option option in new Option[] { setup, batchSize, timeout, demo })
            command.Options.Add(option);
        command.SetAction((parsed, _) => RunAsync(
            host.Host,
            () =>
            {
                host.Consumers.Selected = parsed.GetValue(consumers) ?? [];
                host.Consumers.SetUpFirst = parsed.GetValue(setup);
                host.Get<ConsumerConfiguration>().BatchSize = parsed.GetValue(batchSize);
                if (parsed.GetValue(demo))
                    Demonstrate(host);
            },
            parsed.GetValue(timeout)));
    }

    private static void Demonstrate(VerbHost host)
    {
        host.Links.MoveToMemory("demo");
        host.Get<WorkerResult>().IsDemonstration = true;
    }

    private static async Task<int> RunAsync(IHost host, Action prepare, double? seconds)
    {
        try
        {
            prepare();
            return await RunToEndAsync(host, seconds).ConfigureAwait(false);
        }
        catch (ConsumerConfigurationException e)
        {
            // A consumer class cannot be made, or a service of the application's own asks for JetStream when it is made, before the worker could say what is wrong with the configuration.
            Log.CannotStart(host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Nats.Consumer"), e.Message);
            return ExitCodes.Failed;
        }
    }

    private static async Task<int> RunToEndAsync(IHost host, double? seconds)
    {
        WorkerResult result = host.Services.GetRequiredService<WorkerResult>();
        BackgroundService[] others = [.. host.Services.GetServices<IHostedService>().OfType<BackgroundService>()];
        IHostApplicationLifetime lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
        using var end = new CancellationTokenSource();
        if (seconds is { } limit)
            _ = EndAfterAsync(lifetime, TimeSpan.FromSeconds(limit), host.Services.GetRequiredService<TimeProvider>(), end.Token);
        await host.RunAsync().ConfigureAwait(false); // SIGTERM and SIGINT are the host's to handle: it drains
        await end.CancelAsync().ConfigureAwait(false);
        // The host stops when one of the application's own services throws, and calls that a success.
        return others.Any(service => service.ExecuteTask is { IsFaulted: true }) ? ExitCodes.Failed : result.ExitCode;
    }

    private static async Task EndAfterAsync(IHostApplicationLifetime lifetime, TimeSpan time, TimeProvider clock, CancellationToken cancellationToken)
    {
        await Task.Delay(time, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!cancellationToken.IsCancellationRequested)
            lifetime.StopApplication();
    }
}
