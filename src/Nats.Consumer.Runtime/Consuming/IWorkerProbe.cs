namespace Nats.Consumer.Consuming;

/// <summary>
/// What a test harness puts among the services to see what the server cannot see: when code of the application runs, what it decides, which retries wait in the worker. Without one nothing is called.
/// </summary>
internal interface IWorkerProbe
{
    /// <summary>Chance, for jitter: a number of [0, 1).</summary>
    double NextRandom();

    /// <summary>Stands around code of the application that handles a message, or several as a batch, of which <paramref name="first"/> is one.</summary>
    ValueTask AroundHandlersAsync(InboundMessage first, Func<CancellationToken, Task> call, CancellationToken cancellationToken);

    /// <summary>Stands around <see cref="JetStreamConsumer.HandleErrorAsync"/>.</summary>
    ValueTask AroundErrorAsync(InboundMessage message, Func<ValueTask> call);

    /// <summary>A handler method is called with the message.</summary>
    void Calling(InboundMessage message, string handler);

    /// <summary>Handlers have decided, or the processor in their place.</summary>
    void Decided(InboundMessage message, Verdict verdict);

    /// <summary>The message is tried again after a delay.</summary>
    void Retrying(InboundMessage message, TimeSpan delay);
}
