using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Nats.Consumer.Client;

/// <summary>Settings of a <see cref="NatsConnection"/>.</summary>
public sealed class NatsConnectionOptions
{
    /// <summary>
    /// One or several servers, separated by commas: <c>nats://host:port</c>, or <c>tls://host:port</c> to be never connected without TLS; the scheme and the
    /// port may be left out. Credentials may stand in it (<c>nats://user:password@host</c>, <c>nats://token@host</c>).
    /// </summary>
    /// <value>The default is <c>nats://127.0.0.1:4222</c>.</value>
    public string Url { get; set; } = "nats://127.0.0.1:4222";

    /// <summary>The name of the connection, shown in the server's monitoring.</summary>
    public string? Name { get; set; }

    /// <summary>User name; wins over the one in <see cref="Url"/>.</summary>
    public string? Username { get; set; }

    /// <summary>Password of <see cref="Username"/>.</summary>
    public string? Password { get; set; }

    /// <summary>Authentication token; wins over the one in <see cref="Url"/>.</summary>
    public string? Token { get; set; }

    /// <summary>Encryption and certificates.</summary>
    /// <value>The default encrypts when the URL or the server asks for it, and trusts the authorities that the system trusts.</value>
    public NatsTlsOptions Tls { get; set; } = new();

    /// <summary>How long one server may take to accept the connection and answer the handshake.</summary>
    /// <value>The default is 2 seconds.</value>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How often an idle connection is probed with PING.</summary>
    /// <value>The default is 2 minutes, as the server's own.</value>
    public TimeSpan PingInterval { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How many PINGs may stay unanswered before the connection counts as dead.</summary>
    /// <value>The default is 2.</value>
    public int MaxPingsOut { get; set; } = 2;

    /// <summary>The longest pause between two rounds of reconnecting. See <see cref="Connecting.ReconnectDelay"/>.</summary>
    /// <value>The default is 5 seconds.</value>
    public TimeSpan MaxReconnectDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How many bytes may wait to be sent. Above it publishers wait; while the connection is away they wait for <see cref="OutageTimeout"/> at the longest.
    /// </summary>
    /// <value>The default is 8 MiB.</value>
    public int MaxPendingBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>How long a publish may wait for room while the connection is away, before it fails.</summary>
    /// <value>The default is 30 seconds.</value>
    public TimeSpan OutageTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How many bytes of messages may wait for a sink that does not keep up, before it holds back the connection's other subscriptions as well. Beyond that the server feels
    /// back-pressure; no message is dropped.
    /// </summary>
    /// <value>The default is 16 MiB for each subscription.</value>
    public int MaxSinkPendingBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>How long <see cref="NatsConnection.DisposeAsync"/> may take to send what is queued.</summary>
    /// <value>The default is 2 seconds.</value>
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Whether the servers of <see cref="Url"/> are tried in random order, so that clients spread over a cluster.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool ShuffleServers { get; set; } = true;

    /// <summary>Whether the connection's own subscriptions get what it publishes itself.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Echo { get; set; } = true;

    /// <summary>The first part of inbox subjects. Change it where permissions allow only some inboxes.</summary>
    /// <value>The default is <c>_INBOX</c>.</value>
    public string InboxPrefix { get; set; } = "_INBOX";

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Where the connection logs. Credentials are never logged.</summary>
    public ILoggerFactory LoggerFactory { get; set; } = NullLoggerFactory.Instance;

    /// <summary>What the platform's timers can wait for: 24 days.</summary>
    internal static readonly TimeSpan LongestTime = TimeSpan.FromMilliseconds(int.MaxValue);

    internal void Validate()
    {
        RequireTime(ConnectTimeout, nameof(ConnectTimeout));
        RequireTime(PingInterval, nameof(PingInterval));
        RequireTime(MaxReconnectDelay, nameof(MaxReconnectDelay));
        RequireTime(OutageTimeout, nameof(OutageTimeout));
        Require(MaxPingsOut > 0, nameof(MaxPingsOut), "must be at least 1");
        Require(MaxPendingBytes >= 64 * 1024, nameof(MaxPendingBytes), "must be at least 64 KiB");
        Require(MaxSinkPendingBytes > 0, nameof(MaxSinkPendingBytes), "must be more than zero");
        Require(CloseTimeout >= TimeSpan.Zero && CloseTimeout <= LongestTime, nameof(CloseTimeout), "must be from zero to 24 days");
        Require(
            Wire.WireSubject.IsSafe(InboxPrefix) && InboxPrefix.Split('.').All(token => token is not ("" or "*" or ">")),
            nameof(InboxPrefix),
            "must be a subject: tokens between dots, without white space and wildcards");
        Require(Tls is not null, nameof(Tls), "must not be null");
        Tls!.Validate();
        Require(
            Tls.Mode != NatsTlsMode.Off || Url?.Contains("tls://", StringComparison.OrdinalIgnoreCase) != true, nameof(Tls), "has the Mode Off, and Url says tls://");
        Require(Token is null || Username is null, nameof(Token), "cannot be combined with Username: a server takes one or the other");
    }

    private static void RequireTime(TimeSpan time, string name) =>
        Require(time > TimeSpan.Zero && time <= LongestTime, name, $"must be more than zero and at most {LongestTime.Days} days");

    private static void Require(bool condition, string name, string rule)
    {
        if (!condition)
            throw new ArgumentException($"{nameof(NatsConnectionOptions)}.{name} {rule}.", name);
    }
}
