using Nats.Consumer.JetStream;
using Nats.Consumer.Streams;

namespace Nats.Consumer;

/// <summary>A change of a stream that a consumer's <see cref="JetStreamConsumer.Setup"/> asks for.</summary>
public abstract class StreamOperation
{
    private protected StreamOperation(StreamConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        StreamRules.Check(config);
        Config = config;
    }

    /// <summary>The stream that is wanted.</summary>
    public StreamConfig Config { get; }

    /// <summary>Creates the stream if it does not exist; an existing one is left as it is, which is said.</summary>
    /// <exception cref="ArgumentException">The name or a subject can never work.</exception>
    public static StreamOperation Create(StreamConfig config) => new CreateStream(config);

    /// <summary>
    /// Creates the stream, or updates what the configuration states and the server has otherwise. What is not stated stays as it is.
    /// </summary>
    /// <exception cref="ArgumentException">The name or a subject can never work.</exception>
    public static StreamOperation CreateOrUpdate(StreamConfig config) => new CreateOrUpdateStream(config);

    internal abstract Task<StreamChange> ApplyAsync(JetStreamApi api, CancellationToken cancellationToken);

    private protected JetStreamException ComesAndGoes(Exception inner) =>
        new($"Stream '{Config.Name}' comes and goes: somebody else creates and deletes it at this moment.", inner);
}
