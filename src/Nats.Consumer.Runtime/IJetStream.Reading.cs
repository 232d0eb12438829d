using Nats.Consumer.Client;

namespace Nats.Consumer;

public partial interface IJetStream
{
    /// <summary>
    /// Fetches messages from a pull consumer: as many as are asked for, or those that come in time. Each is handed out as soon as it has come.
    /// </summary>
    /// <remarks>
    /// After a reconnect it asks for the rest. What has been delivered when the enumeration is left early is handed back to the server (a negative ack), for somebody else to get at once.
    /// </remarks>
    /// <param name="stream">The stream.</param>
    /// <param name="consumer">The consumer.</param>
    /// <param name="options">How many, and how long to wait.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The messages. Settle each one. None is no error.</returns>
    /// <exception cref="ArgumentException">A name can never be one, or an option is out of its range.</exception>
    /// <exception cref="JetStreamException">The consumer does not exist, is a push consumer, or refuses the pull (its limits); or a message is larger than <see cref="FetchOptions.MaxBytes"/>.</exception>
    IAsyncEnumerable<JetStreamMessage> FetchAsync(string stream, string consumer, FetchOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads from a pull consumer without end. A window of messages is kept requested and buffered; who reads slowly is not overrun.
    /// </summary>
    /// <remarks>
    /// It goes on after reconnects, restarts and leader changes, at once. It ends with an exception when the consumer or its stream is deleted, and when the token is cancelled. What is buffered
    /// when the enumeration is left is handed back to the server (a negative ack), for somebody else to get at once. A worker with handlers does this and more: <see cref="PullConsumer"/>.
    /// </remarks>
    /// <param name="stream">The stream.</param>
    /// <param name="consumer">The consumer.</param>
    /// <param name="options">The size of the window.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The messages. Settle each one.</returns>
    /// <exception cref="ArgumentException">A name can never be one, or an option is out of its range.</exception>
    /// <exception cref="JetStreamException">The consumer does not exist, or no more; it is a push consumer; or it refuses every pull.</exception>
    /// <exception cref="NatsConnectionException">The connection was closed.</exception>
    IAsyncEnumerable<JetStreamMessage> ConsumeAsync(string stream, string consumer, ConsumeOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads a stream in order, each message once, without a consumer of yours and without acknowledging. It goes on where it was after whatever happens to the connection or the server.
    /// </summary>
    /// <remarks>The consumer that it makes on the server for itself goes with the enumeration. With a work queue it cannot be done: those want acknowledgements.</remarks>
    /// <param name="stream">The stream.</param>
    /// <param name="options">Which messages, and where to start.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The messages. Settling them does nothing.</returns>
    /// <exception cref="ArgumentException">The name can never be one, a filter cannot work, two starts are stated, or an option is out of its range.</exception>
    /// <exception cref="JetStreamException">The stream does not exist, or no more.</exception>
    /// <exception cref="NatsConnectionException">The connection was closed.</exception>
    IAsyncEnumerable<JetStreamMessage> ConsumeOrderedAsync(string stream, OrderedOptions? options = null, CancellationToken cancellationToken = default);
}
