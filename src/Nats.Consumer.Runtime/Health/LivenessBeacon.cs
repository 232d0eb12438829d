using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Nats.Consumer.Health;

/// <summary>
/// Shows whether the worker is alive to who cannot ask over HTTP: by a file that is written anew every few seconds (<c>Nats:Liveness:File</c>). An old one, or none, means dead.
/// </summary>
internal sealed class LivenessBeacon(WorkerHealth health, IOptions<NatsOptions> options, TimeProvider time, ILoggerFactory loggers) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly ILogger _logger = loggers.CreateLogger("Nats.Consumer");

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        options.Value.LivenessFile is { Length: > 0 } file ? WriteAsync(file, stoppingToken) : Task.CompletedTask;

    private async Task WriteAsync(string file, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
            {
                Write(file);
            }
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            Change(file, () => File.Delete(file));
        }
    }

    private void Write(string file)
    {
        (HealthStatus status, string reason) = HealthPolicy.Live(health.Look());
        Change(file, status == HealthStatus.Unhealthy ? () => File.Delete(file) : () => File.WriteAllText(file, $"{status}: {reason}\n"));
    }

    private void Change(string file, Action change)
    {
        try
        {
            change();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.LivenessFailed(_logger, file, e.Message);
        }
    }
}
