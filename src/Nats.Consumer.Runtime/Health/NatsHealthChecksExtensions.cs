using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Nats.Consumer.Health;

namespace Nats.Consumer;

/// <summary>Health of a worker, for applications that show theirs.</summary>
public static class NatsHealthChecksExtensions
{
    /// <summary>
    /// Adds <c>nats-live</c> (tag <c>live</c>: the worker has not given up) and <c>nats-ready</c> (tag <c>ready</c>: every consumer consumes; degraded when retries hold all of <see cref="JetStreamConsumer.MaxAckPending"/>
    /// or a handler seems stuck).
    /// </summary>
    public static IHealthChecksBuilder AddNatsConsumers(this IHealthChecksBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder
            .Add(Registration("nats-live", "live", HealthPolicy.Live))
            .Add(Registration("nats-ready", "ready", HealthPolicy.Ready));
    }

    private static HealthCheckRegistration Registration(string name, string tag, Func<WorkerSnapshot, HealthVerdict> policy) =>
        new(name, services => new NatsHealthCheck(services.GetRequiredService<WorkerHealth>(), policy), failureStatus: null, [tag]);
}
