using Nats.Consumer.Client;

namespace Nats.Consumer;

/// <summary>How a server is reached: by the default connection as section <c>Nats</c> says, by a named one as <c>Nats:Connections:NAME</c> does.</summary>
public class NatsConnectionSettings
{
    /// <summary>
    /// One or several servers, separated by commas; credentials may stand in it (<c>nats://user:password@host:4222</c>). <c>memory://</c> or <c>memory://NAME</c> is a server in the
    /// memory of the process, shared by name: streams are set up at start, and nothing outlives the process.
    /// </summary>
    /// <value>The default connection's is <c>nats://127.0.0.1:4222</c>; a named one has none until it is stated.</value>
    public string Url { get; set; } = "";

    /// <summary>User name.</summary>
    public string? Username { get; set; }

    /// <summary>Password of <see cref="Username"/>.</summary>
    public string? Password { get; set; }

    /// <summary>Authentication token.</summary>
    public string? Token { get; set; }

    /// <summary>The path of a <c>.creds</c> file, as nsc writes it; read anew at every connect.</summary>
    public string? CredentialsFile { get; set; }

    /// <summary>The seed of a user's nkey, <c>SU…</c>; it signs the server's nonce and is not sent.</summary>
    public string? NKeySeed { get; set; }

    /// <summary>Encryption and certificates (<c>CaFile</c>, <c>CertificateFile</c>, <c>KeyFile</c>, <c>ServerName</c>, <c>Mode</c>, …).</summary>
    public NatsTlsOptions Tls { get; set; } = new();

    /// <summary>The name of the connection, shown in the server's monitoring.</summary>
    /// <value>The default, <see langword="null"/>, is the application's name, followed by <c>-NAME</c> for a named connection.</value>
    public string? ConnectionName { get; set; }

    /// <summary>The first part of inbox subjects, where permissions allow only some.</summary>
    /// <value>The default is <c>_INBOX</c>.</value>
    public string InboxPrefix { get; set; } = "_INBOX";

    /// <summary>
    /// What tells this environment or tenant from others on the same account: with <c>staging</c>, stream <c>orders</c> with subjects <c>orders.></c> is <c>staging-orders</c> with <c>staging.orders.></c> on
    /// the server, while code, configuration and messages go on saying <c>orders</c>. Letters, digits and <c>_</c>, at most 32, the first a letter or digit.
    /// </summary>
    /// <value>The default, <see langword="null"/> or empty, is none: names are on the server as they are here. A named connection has that of section <c>Nats</c> unless it states its own.</value>
    public string? SubjectPrefix { get; set; }

    /// <summary>How long one server may take to accept the connection and answer the handshake.</summary>
    /// <value>The default is 2 seconds.</value>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How often an idle connection is probed.</summary>
    /// <value>The default is 2 minutes, as the server's own.</value>
    public TimeSpan PingInterval { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The longest pause between two rounds of reconnecting.</summary>
    /// <value>The default is 5 seconds.</value>
    public TimeSpan MaxReconnectDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the JetStream API of the server may take to answer.</summary>
    /// <value>The default is 5 seconds.</value>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>A named connection's: time-outs are as this one's, and so is the environment; who it is, and where, it has to say itself.</summary>
    internal NatsConnectionSettings Another() => new()
    {
        SubjectPrefix = SubjectPrefix,
        ConnectTimeout = ConnectTimeout,
        PingInterval = PingInterval,
        MaxReconnectDelay = MaxReconnectDelay,
        RequestTimeout = RequestTimeout,
    };
}
