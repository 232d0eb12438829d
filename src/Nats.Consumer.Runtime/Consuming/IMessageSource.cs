namespace Nats.Consumer.Consuming;

/// <summary>Where a consumer's deliveries come from.</summary>
internal interface IMessageSource : IDisposable
{
    /// <summary>The deliveries. Whoever takes one out says so by <see cref="Taken"/>, and returns it to the pool when it is done with.</summary>
    DeliveryQueue Queue { get; }

    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>A message has left the buffer: there may be room to ask for more.</summary>
    void Taken(InboundMessage message);

    /// <summary>Stops asking, takes in what is on the way, and completes the queue.</summary>
    Task StopAsync(CancellationToken cancellationToken);
}
