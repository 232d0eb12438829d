using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Nats.Consumer.Client;
using Nats.Consumer.JetStream;
using Nats.Consumer.Payloads;

namespace Nats.Consumer;

/// <summary>JetStream where there is no host to inject it, such as in a tool or a test.</summary>
public static class JetStreamContext
{
    /// <summary>Makes JetStream on a connection. It has nothing to be disposed; the connection stays yours.</summary>
    /// <param name="connection">The connection. It is opened with the first call if it is not open yet.</param>
    /// <param name="json">How payloads are written and read. The default is camelCase, reading without regard to case.</param>
    /// <param name="requestTimeout">How long the server may take to answer. The default is 5 seconds.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">Where it logs.</param>
    public static IJetStream Create(
        INatsConnection connection, JsonSerializerOptions? json = null, TimeSpan? requestTimeout = null, TimeProvider? time = null, ILoggerFactory? loggers = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        TimeSpan timeout = requestTimeout ?? TimeSpan.FromSeconds(5);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero, nameof(requestTimeout));
        time ??= TimeProvider.System;
        var payloads = new PayloadSerializer(json);
        return new JetStreamClient(
            new JetStreamApi(connection, timeout), new JetStreamPublisher(connection, payloads, timeout, time), payloads, time, loggers ?? NullLoggerFactory.Instance);
    }
}
