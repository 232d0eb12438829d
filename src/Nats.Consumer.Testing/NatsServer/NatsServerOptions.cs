namespace Nats.Consumer.Testing;

/// <summary>How <see cref="NatsServerProcess"/> starts its nats-server. The defaults give a server with JetStream, open to every local client.</summary>
public sealed record NatsServerOptions
{
    /// <summary>Path of the nats-server binary. Default <see langword="null"/>: <see cref="NatsServerBinary.Find"/> looks for one.</summary>
    public string? BinaryPath { get; init; }

    /// <summary>Whether JetStream is switched on. Default <see langword="true"/>.</summary>
    public bool JetStream { get; init; } = true;

    /// <summary>
    /// Where JetStream keeps its files. A directory that is given here is kept when the server is disposed.
    /// Default <see langword="null"/>: a temporary directory, deleted when the server is disposed.
    /// </summary>
    public string? StoreDirectory { get; init; }

    /// <summary>The server's name, as in INFO. Default <see langword="null"/>: the server takes its own id.</summary>
    public string? ServerName { get; init; }

    /// <summary>The only user that may connect; goes with <see cref="Password"/>. Default <see langword="null"/>: no authorization.</summary>
    public string? Username { get; init; }

    /// <summary>The password of <see cref="Username"/>. Default <see langword="null"/>.</summary>
    public string? Password { get; init; }

    /// <summary>The token that clients must show; excludes <see cref="Username"/>. Default <see langword="null"/>: no authorization.</summary>
    public string? Token { get; init; }

    /// <summary>
    /// Text of a server configuration file: accounts, TLS, limits and so on. Address, port, ports file and JetStream's directory are always
    /// given on the command line, which wins over the file. Default <see langword="null"/>: no file.
    /// </summary>
    public string? ConfigText { get; init; }

    /// <summary>
    /// Whether <see cref="ConfigText"/> makes the server wait for TLS before it says a word (<c>handshake_first</c>). Such a server is ready when its log
    /// says so and its port is open. Default <see langword="false"/>: it is ready when it greets.
    /// </summary>
    public bool HandshakeFirst { get; init; }

    /// <summary>More command line arguments, put after all others, one entry per argument. Default none.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>How long a start may take until the server answers. Default 20 seconds.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long the server may take to stop when asked; then it is killed. Default 10 seconds.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(10);

    internal void Validate()
    {
        if (Username is null != Password is null)
            throw new ArgumentException("Username and Password go together: give both or none.");
        if (Token is not null && Username is not null)
            throw new ArgumentException("A server takes either a Token or a Username, not both.");
        if (StartTimeout <= TimeSpan.Zero || StopTimeout <= TimeSpan.Zero)
            throw new ArgumentException("StartTimeout and StopTimeout must be more than zero.");
    }
}
