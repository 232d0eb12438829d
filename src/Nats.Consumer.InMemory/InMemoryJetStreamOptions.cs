using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Nats.Consumer.InMemory;

/// <summary>How an <see cref="InMemoryJetStream"/> behaves.</summary>
public sealed class InMemoryJetStreamOptions
{
    /// <summary>The server's name, shown to clients and in logs.</summary>
    /// <value>The default is <c>memory</c>.</value>
    public string Name { get; set; } = "memory";

    /// <summary>As which nats-server it behaves.</summary>
    /// <value>The default is <see cref="InMemoryServerVersion.Nats215"/>.</value>
    public InMemoryServerVersion Version { get; set; } = InMemoryServerVersion.Nats215;

    /// <summary>The clock: ages, ack waits, delays, heartbeats and expiries all go by it.</summary>
    /// <value>The default is the system's.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>The most bytes of headers and payload together.</summary>
    /// <value>The default is 1 MiB, as the server's.</value>
    public long MaxPayload { get; set; } = 1024 * 1024;

    /// <summary>The JetStream domain, which also answers at <c>$JS.DOMAIN.API</c>.</summary>
    /// <value>The default is <see langword="null"/>: none.</value>
    public string? Domain { get; set; }

    /// <summary>
    /// Whether ack subjects have eleven tokens, with domain and account (nats-server 2.15 with <c>feature_flags: {js_ack_fc_v2: true}</c>; ADR-15), instead of nine.
    /// </summary>
    /// <value>The default is <see langword="false"/>, as the server's.</value>
    public bool LongAckSubjects { get; set; }

    /// <summary>Where the server logs.</summary>
    public ILoggerFactory LoggerFactory { get; set; } = NullLoggerFactory.Instance;

    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Name);
        ArgumentNullException.ThrowIfNull(Version);
        ArgumentNullException.ThrowIfNull(TimeProvider);
        ArgumentNullException.ThrowIfNull(LoggerFactory);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxPayload, 1);
    }
}
