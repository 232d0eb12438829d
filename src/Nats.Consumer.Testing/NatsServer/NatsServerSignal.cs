namespace Nats.Consumer.Testing;

/// <summary>What <see cref="NatsServerProcess.SignalAsync"/> can tell a running nats-server.</summary>
public enum NatsServerSignal
{
    /// <summary>SIGTERM: shut down in good order, now.</summary>
    Stop,

    /// <summary>SIGKILL: end without a last word, as in a crash.</summary>
    Kill,

    /// <summary>SIGUSR2: lame duck mode. Clients are told, then disconnected over <c>lame_duck_duration</c> (two minutes by default), then the server ends.</summary>
    LameDuck,

    /// <summary>SIGHUP: read the configuration file again.</summary>
    Reload,

    /// <summary>SIGSTOP: freeze. Connections stay open and nothing answers, as with a stalled machine.</summary>
    Pause,

    /// <summary>SIGCONT: go on after <see cref="Pause"/>.</summary>
    Continue,
}
