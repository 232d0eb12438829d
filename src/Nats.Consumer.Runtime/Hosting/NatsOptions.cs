using Nats.Consumer.Client;

namespace Nats.Consumer;

/// <summary>
/// How the worker reaches its server: section <c>Nats</c> of the configuration. The environment variable <c>NATS_URL</c> wins over <c>Nats:Url</c>.
/// </summary>
public sealed class NatsOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Nats";

    /// <summary>
    /// One or several servers, separated by commas; credentials may stand in it (<c>nats://user:password@host:4222</c>). <c>memory://</c> or <c>memory://NAME</c> is a server in the
    /// memory of the process, shared by name: streams are set up at start, and nothing outlives the process.
    /// </summary>
    /// <value>The default is <c>nats://127.0.0.1:4222</c>.</value>
    public string Url { get; set; } = "nats://127.0.0.1:4222";

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

    /// <summary>Encryption and certificates (<c>Nats:Tls:CaFile</c>, <c>CertificateFile</c>, <c>KeyFile</c>, <c>ServerName</c>, <c>Mode</c>, …).</summary>
    public NatsTlsOptions Tls { get; set; } = new();

    /// <summary>The name of the connection, shown in the server's monitoring.</summary>
    /// <value>The default, <see langword="null"/>, is the application's name.</value>
    public string? ConnectionName { get; set; }

    /// <summary>The first part of inbox subjects, where permissions allow only some.</summary>
    /// <value>The default is <c>_INBOX</c>.</value>
    public string InboxPrefix { get; set; } = "_INBOX";

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

    /// <summary>How long handlers may go on when the worker stops, before they are told to stop too.</summary>
    /// <value>The default is 25 seconds: less than the 30 that container platforms usually grant.</value>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>A file that is written every 5 seconds as long as the worker is alive, for platforms that probe by command (<c>Nats:Liveness:File</c>).</summary>
    public string? LivenessFile { get; set; }

    /// <summary>What is wrong with the configuration. Said when the worker starts, not when something happens to be resolved.</summary>
    internal ConsumerConfigurationException? Problem { get; set; }
}
