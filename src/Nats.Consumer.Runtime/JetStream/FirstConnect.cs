using Microsoft.Extensions.Logging.Abstractions;
using Nats.Consumer.Client;
using Nats.Consumer.Hosting;

namespace Nats.Consumer.JetStream;

/// <summary>An application that starts before its server waits for it, whatever it asks first.</summary>
internal static class FirstConnect
{
    public static ValueTask EnsureAsync(INatsConnection connection, TimeProvider time, CancellationToken cancellationToken) =>
        connection.State is NatsConnectionState.New or NatsConnectionState.Connecting
            ? new ValueTask(Connector.ConnectAsync(connection, "", time, () => 0.5, NullLogger.Instance, cancellationToken))
            : ValueTask.CompletedTask;
}
