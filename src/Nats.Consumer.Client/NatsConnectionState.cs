namespace Nats.Consumer.Client;

/// <summary>Where a connection stands.</summary>
public enum NatsConnectionState
{
    /// <summary>Not connected yet.</summary>
    New,

    /// <summary>The first connect is under way.</summary>
    Connecting,

    /// <summary>Connected; subscriptions stand.</summary>
    Connected,

    /// <summary>The connection was lost and is being restored.</summary>
    Reconnecting,

    /// <summary>Closed for good, by disposal or by an error that no reconnect can cure.</summary>
    Closed,
}
