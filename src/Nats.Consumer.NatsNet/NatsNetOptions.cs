using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Nats.Consumer.NatsNet;

/// <summary>What the adapter adds to a connection of NATS.Net. Everything else, from servers to credentials, is NATS.Net's own <c>NatsOpts</c>.</summary>
public sealed class NatsNetOptions
{
    /// <summary>How many bytes may wait to be sent while the connection is away. Default 8 MiB; at least 64 KiB.</summary>
    public int MaxPendingBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>How long a message or a subscription waits, when there is no more room or no connection, before it fails. Default 30 seconds.</summary>
    public TimeSpan OutageTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many bytes one subscription that does not keep up may have queued before the whole connection is held back. Default 16 MiB.</summary>
    public int MaxSinkPendingBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>The clock. Default the system's.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Where to log. Default nowhere; in a host its own.</summary>
    public ILoggerFactory LoggerFactory { get; set; } = NullLoggerFactory.Instance;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxPendingBytes, 64 * 1024, $"{nameof(NatsNetOptions)}.{nameof(MaxPendingBytes)}");
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxSinkPendingBytes, 1, $"{nameof(NatsNetOptions)}.{nameof(MaxSinkPendingBytes)}");
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(OutageTimeout, TimeSpan.Zero, $"{nameof(NatsNetOptions)}.{nameof(OutageTimeout)}");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(OutageTimeout, Client.NatsConnectionOptions.LongestTime, $"{nameof(NatsNetOptions)}.{nameof(OutageTimeout)}");
        ArgumentNullException.ThrowIfNull(TimeProvider);
        ArgumentNullException.ThrowIfNull(LoggerFactory);
    }
}
