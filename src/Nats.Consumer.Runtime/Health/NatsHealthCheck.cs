using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Nats.Consumer.Health;

/// <summary>A health check by one of the policies.</summary>
internal sealed class NatsHealthCheck(WorkerHealth health, Func<WorkerSnapshot, HealthVerdict> policy) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        WorkerSnapshot worker = health.Look();
        (HealthStatus status, string reason) = policy(worker);
        var data = worker.Consumers.ToDictionary(consumer => consumer.Name, consumer => (object)Describe(consumer));
        // What is unhealthy may be registered as something milder.
        return Task.FromResult(new HealthCheckResult(status == HealthStatus.Unhealthy ? context.Registration.FailureStatus : status, reason, data: data));
    }

    private static string Describe(ConsumerSnapshot consumer) =>
        consumer.HasEnded ? "ended"
        : consumer.Trouble is { } trouble ? $"recovering: {trouble}"
        : consumer.IsSaturated ? "saturated"
        : $"consuming, {consumer.InFlight} in flight";
}
