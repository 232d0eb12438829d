using System.Security.Cryptography;
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

    /// <summary>
    /// The seed of a user's nkey, <c>SU…</c>, 58 characters; wins over credentials in <see cref="Url"/>. The server knows the user by its public key.
    /// The seed signs the server's nonce and is not sent.
    /// </summary>
    /// <remarks>A string stays in memory for as long as this object does. <see cref="CredentialsFile"/> and <see cref="Signer"/> do not have this weakness.</remarks>
    public string? NKeySeed { get; set; }

    /// <summary>
    /// The path of a <c>.creds</c> file with a user JWT and the user's seed, as nsc writes it; wins over credentials in <see cref="Url"/>. It is read anew at
    /// every connect and reconnect, so it may be replaced while the client runs. While it is missing or cannot be read, the first connect fails with a
    /// <see cref="NatsConnectException"/> and a reconnect tries again.
    /// </summary>
    public string? CredentialsFile { get; set; }

    /// <summary>Signs the server's nonce with a key that is kept elsewhere, such as in a vault; wins over credentials in <see cref="Url"/>.</summary>
    public NatsSigner? Signer { get; set; }

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

    /// <summary>
    /// The first part of inbox subjects. Change it where permissions allow only some inboxes: the user must be allowed to subscribe to <c>PREFIX.&gt;</c>.
    /// Where it is not, the server reports a permissions violation (<see cref="NatsConnectionEventKind.ServerError"/>) and requests time out.
    /// </summary>
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
        RequireOneAuthentication();
    }

    private void RequireOneAuthentication()
    {
        string[] given =
        [
            .. Username is null ? (string[])[] : [nameof(Username)],
            .. Token is null ? (string[])[] : [nameof(Token)],
            .. NKeySeed is null ? (string[])[] : [nameof(NKeySeed)],
            .. CredentialsFile is null ? (string[])[] : [nameof(CredentialsFile)],
            .. Signer is null ? (string[])[] : [nameof(Signer)],
        ];
        if (given.Length > 1)
            Require(false, given[1], $"cannot be combined with {given[0]}: a connection authenticates in one way. Leave one of them null");
        Require(Password is null || Username is not null, nameof(Password), "needs a Username");
        Require(CredentialsFile is null || !string.IsNullOrWhiteSpace(CredentialsFile), nameof(CredentialsFile), "must be the path of a file");
        if (NKeySeed is null)
            return;

        Span<byte> seed = stackalloc byte[Auth.Ed25519.SeedSize];
        try
        {
            Auth.NKey.DecodeUserSeed(NKeySeed, seed);
        }
        catch (FormatException e)
        {
            Require(false, nameof(NKeySeed), e.Message);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    private static void RequireTime(TimeSpan time, string name) =>
        Require(time > TimeSpan.Zero && time <= LongestTime, name, $"must be more than zero and at most {LongestTime.Days} days");

    private static void Require(bool condition, string name, string rule)
    {
        if (!condition)
            throw new ArgumentException($"{nameof(NatsConnectionOptions)}.{name} {rule}.", name);
    }
}
