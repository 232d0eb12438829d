namespace Nats.Consumer.Client;

/// <summary>What happened to a connection.</summary>
public enum NatsConnectionEventKind
{
    /// <summary>The first connect succeeded.</summary>
    Connected,

    /// <summary>The connection was lost; it is being restored.</summary>
    Disconnected,

    /// <summary>The connection is back and all subscriptions stand. What was asked for on the old connection (pull requests) is to be asked for again.</summary>
    Reconnected,

    /// <summary>The server reported an error that leaves the connection open, such as a permissions violation.</summary>
    ServerError,

    /// <summary>The server is about to go (lame-duck mode). The connection moves to another server if there is one.</summary>
    LameDuck,

    /// <summary>Closed for good.</summary>
    Closed,
}

/// <summary>A change of a connection.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Error">Why, where there is a reason.</param>
public sealed record NatsConnectionEvent(NatsConnectionEventKind Kind, Exception? Error = null);
