using Microsoft.Extensions.Diagnostics.HealthChecks;
using Nats.Consumer.Client;

namespace Nats.Consumer.Health;

/// <summary>What a worker's state means. Never green while nothing is consumed.</summary>
internal static class HealthPolicy
{
    /// <summary>From when on a handler that does not end is taken for stuck: the server has stopped to wait for it, too (<see cref="JetStreamConsumer.MaxAckExtension"/>).</summary>
    public static readonly TimeSpan StuckAfter = TimeSpan.FromMinutes(10);

    /// <summary>Whether the process should live on. A server that is away is no reason to end it.</summary>
    public static HealthVerdict Live(WorkerSnapshot worker)
    {
        if (worker.Failure is { } failure)
            return new HealthVerdict(HealthStatus.Unhealthy, $"The worker has given up: {failure}");
        if (!worker.IsStopping && worker.Consumers.FirstOrDefault(consumer => consumer.HasEnded) is { } ended)
            return new HealthVerdict(HealthStatus.Unhealthy, $"{ended.Name} consumes no more{(ended.Trouble is null ? "" : $": {ended.Trouble}")}.");
        return Stuck(worker) is { } stuck
            ? new HealthVerdict(HealthStatus.Degraded, stuck)
            : new HealthVerdict(HealthStatus.Healthy, "The worker is alive.");
    }

    /// <summary>Whether messages are consumed.</summary>
    public static HealthVerdict Ready(WorkerSnapshot worker)
    {
        if (Live(worker) is { Status: HealthStatus.Unhealthy } dead)
            return dead;
        if (worker.IsStopping)
            return new HealthVerdict(HealthStatus.Unhealthy, "The worker is ending.");
        if (worker.Connections.FirstOrDefault(connection => connection.State != NatsConnectionState.Connected) is { } lost)
            return new HealthVerdict(HealthStatus.Unhealthy, $"There is no connection to NATS ({(worker.Connections.Count > 1 ? $"{lost.Title}: " : "")}{lost.State}).");
        if (!worker.IsRunning)
            return new HealthVerdict(HealthStatus.Unhealthy, "The consumers are being started.");
        if (worker.Consumers.FirstOrDefault(consumer => consumer.Trouble is not null) is { } troubled)
            return new HealthVerdict(HealthStatus.Unhealthy, $"{troubled.Name} gets no messages: {troubled.Trouble}.");
        if (worker.Consumers.FirstOrDefault(consumer => consumer.IsSaturated) is { } saturated)
        {
            return new HealthVerdict(
                HealthStatus.Degraded, $"{saturated.Name} gets no messages, because as many as MaxAckPending allows are unsettled; most likely they wait for their retries. Shorten the delays or raise MaxAckPending.");
        }

        return Stuck(worker) is { } stuck
            ? new HealthVerdict(HealthStatus.Degraded, stuck)
            : new HealthVerdict(HealthStatus.Healthy, "All consumers consume.");
    }

    private static string? Stuck(WorkerSnapshot worker) =>
        worker.Consumers.FirstOrDefault(consumer => consumer.OldestHandler > StuckAfter) is { } stuck
            ? $"A handler of {stuck.Name} has been running for {stuck.OldestHandler.TotalMinutes:0} minutes. HandlerTimeout would end it."
            : null;
}

/// <summary>How healthy, and why.</summary>
internal readonly record struct HealthVerdict(HealthStatus Status, string Reason);
