using Microsoft.Extensions.Logging;
using Nats.Consumer.Client;
using Nats.Consumer.Handling;
using Nats.Consumer.JetStream;
using Nats.Consumer.Payloads;

namespace Nats.Consumer.Consuming;

/// <summary>What all consumers of a worker share.</summary>
internal sealed record ConsumerRuntime(
    INatsConnection Connection,
    JetStreamApi Api,
    JetStreamPublisher Publisher,
    PayloadSerializer Payloads,
    IServiceProvider Services,
    HandlerLifetimes Lifetimes,
    TimeProvider Time,
    TimeSpan RequestTimeout,
    IReadOnlyList<Type> Middleware,
    Action<Exception> OnFatal,
    ILogger Logger)
{
    private readonly Random _random = new();

    /// <summary>Where handlers run side by side, or one alone.</summary>
    public Solitude Solitude { get; } = new(Time);

    /// <summary>A test harness that looks on; <see langword="null"/> otherwise.</summary>
    public IWorkerProbe? Probe { get; } = (IWorkerProbe?)Services.GetService(typeof(IWorkerProbe));

    /// <summary>Chance, for jitter.</summary>
    public double NextRandom()
    {
        if (Probe is not null)
            return Probe.NextRandom();
        lock (_random)
            return _random.NextDouble();
    }
}
