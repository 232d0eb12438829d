using Nats.Consumer.JetStream;
using Nats.Consumer.Planning;
using Nats.Consumer.Streams;

namespace Nats.Consumer;

/// <summary>A change of a stream, or of a consumer made by hand, that a consumer class's <see cref="JetStreamConsumer.Setup"/> asks for.</summary>
public abstract class StreamOperation
{
    private protected StreamOperation(string stream) => Stream = stream;

    /// <summary>The stream that is concerned.</summary>
    public string Stream { get; }

    /// <summary>Creates the stream if it does not exist; an existing one is left as it is, which is said.</summary>
    /// <exception cref="ArgumentException">The name or a subject can never work.</exception>
    public static StreamOperation Create(StreamConfig config) => new CreateStream(config);

    /// <summary>
    /// Creates the stream, or updates what the configuration states and the server has otherwise. What is not stated stays as it is.
    /// </summary>
    /// <exception cref="ArgumentException">The name or a subject can never work.</exception>
    public static StreamOperation CreateOrUpdate(StreamConfig config) => new CreateOrUpdateStream(config);

    /// <summary>Updates what the configuration states and the server has otherwise. What is not stated stays as it is. A stream that does not exist is an error.</summary>
    /// <exception cref="ArgumentException">The name or a subject can never work.</exception>
    public static StreamOperation Update(StreamConfig config) => new UpdateStream(config);

    /// <summary>Deletes the stream, all its messages and its consumers. One that does not exist is left at that.</summary>
    /// <param name="name">The stream's name.</param>
    /// <exception cref="ArgumentException">The name can never work.</exception>
    public static StreamOperation Delete(string name) => new DeleteStream(name);

    /// <summary>Creates a consumer that no class of the application stands for, for others to use. One with another configuration is an error.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="config">What it shall be, with its name. Its deliveries are acknowledged one by one unless it says otherwise.</param>
    /// <exception cref="ArgumentException">A name or a filter can never work.</exception>
    public static StreamOperation CreateConsumer(string stream, ConsumerConfig config) => new ConsumerOperation(OperationKind.Create, stream, config);

    /// <summary>Creates a consumer that no class of the application stands for, or updates what the configuration states and the server has otherwise.</summary>
    /// <inheritdoc cref="CreateConsumer" path="/param"/>
    /// <exception cref="ArgumentException">A name or a filter can never work.</exception>
    public static StreamOperation CreateOrUpdateConsumer(string stream, ConsumerConfig config) => new ConsumerOperation(OperationKind.CreateOrUpdate, stream, config);

    /// <summary>Updates what the configuration states and the server has otherwise. A consumer that does not exist is an error.</summary>
    /// <inheritdoc cref="CreateConsumer" path="/param"/>
    /// <exception cref="ArgumentException">A name or a filter can never work.</exception>
    public static StreamOperation UpdateConsumer(string stream, ConsumerConfig config) => new ConsumerOperation(OperationKind.Update, stream, config);

    /// <summary>Deletes a consumer and its position. One that does not exist is left at that.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="consumer">The consumer's name.</param>
    /// <exception cref="ArgumentException">A name can never work.</exception>
    public static StreamOperation DeleteConsumer(string stream, string consumer) => new ConsumerOperation(OperationKind.Delete, stream, new ConsumerConfig { DurableName = consumer });

    internal abstract Task<StreamChange> ApplyAsync(JetStreamApi api, CancellationToken cancellationToken);

    /// <summary>What applying would do. Asks and changes nothing.</summary>
    internal abstract Task<PlanStep> PlanAsync(PlanView view, CancellationToken cancellationToken);
}
