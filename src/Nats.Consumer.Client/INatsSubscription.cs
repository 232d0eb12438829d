namespace Nats.Consumer.Client;

/// <summary>A subscription. Disposing it unsubscribes at once; messages on the way are discarded.</summary>
public interface INatsSubscription : IAsyncDisposable
{
    /// <summary>The subject or pattern subscribed to.</summary>
    string Subject { get; }

    /// <summary>
    /// Unsubscribes without losing what is on the way: the server stops, all that it sent before is handed to the sink, then the sink is closed.
    /// </summary>
    /// <exception cref="NatsConnectionException">The connection was lost meanwhile; the subscription has ended all the same.</exception>
    ValueTask DrainAsync(CancellationToken cancellationToken = default);
}
