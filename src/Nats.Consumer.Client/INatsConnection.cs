namespace Nats.Consumer.Client;

/// <summary>
/// A connection to a NATS server: core NATS and nothing about JetStream. It is the seam of the toolkit: everything above it
/// runs unchanged on any implementation.
/// </summary>
/// <remarks>All members may be called from any thread.</remarks>
public interface INatsConnection : IAsyncDisposable
{
    /// <summary>Where the connection stands.</summary>
    NatsConnectionState State { get; }

    /// <summary>What the server said of itself in its latest INFO; <see langword="null"/> before the first connect.</summary>
    NatsServerInfo? ServerInfo { get; }

    /// <summary>
    /// Tells of every change of state once, in order. Handlers run on the connection's own task: they must return soon and not block.
    /// On <see cref="NatsConnectionEventKind.Connected"/> and <see cref="NatsConnectionEventKind.Reconnected"/> all subscriptions stand already.
    /// </summary>
    event Action<NatsConnectionEvent>? Changed;

    /// <summary>Connects. Does nothing when the connection is already open.</summary>
    /// <exception cref="NatsConnectException">
    /// No server of the list could be reached; the message names each with its reason. Or the credentials could not be had: the file, or the signer.
    /// </exception>
    /// <exception cref="NatsAuthenticationException">A server refused the credentials.</exception>
    /// <exception cref="NatsTlsException">No server could be connected to, and at least one of them was reached and failed for TLS; the message names each.</exception>
    ValueTask ConnectAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// A new unique subject for replies. A subscription to it is a real one on the server, so that messages which carry another
    /// subject (JetStream deliveries) arrive too.
    /// </summary>
    string NewInbox();

    /// <summary>
    /// Queues a message in order. All bytes are copied before the call returns; the task completes at once unless more is queued than the
    /// connection may hold, and completing does not mean sent: <see cref="FlushAsync"/> is the fence.
    /// </summary>
    /// <remarks>
    /// While the connection is away messages are kept, within the connection's bounds, and sent after the subscriptions are restored.
    /// A message that was handed to the network when the connection broke may be lost, as core NATS promises delivery at most once.
    /// </remarks>
    /// <exception cref="ArgumentException">The subject is empty or has white space or control characters in it.</exception>
    /// <exception cref="NatsPayloadTooLargeException">Headers and payload exceed the server's <c>max_payload</c>.</exception>
    /// <exception cref="NatsConnectionException">The connection is closed, or away for longer than messages may wait.</exception>
    ValueTask PublishAsync(in OutgoingMessage message, CancellationToken cancellationToken = default);

    /// <summary>
    /// Sends a request and waits for one reply. No responders, a time-out, a lost connection and a subject that is not permitted are results, not exceptions.
    /// </summary>
    /// <param name="request">The request; its <see cref="OutgoingMessage.ReplyTo"/> is set by the connection.</param>
    /// <param name="timeout">How long to wait for the reply, an outage included.</param>
    /// <param name="cancellationToken">Stops waiting; the request may have been sent.</param>
    ValueTask<NatsReply> RequestAsync(in OutgoingMessage request, TimeSpan timeout, CancellationToken cancellationToken = default);

    /// <summary>
    /// Subscribes <paramref name="sink"/> to a subject or pattern. The subscription outlives reconnects. The task completes when the command
    /// is queued; whatever the caller sends afterwards is handled by the server after the subscription.
    /// </summary>
    /// <param name="subject">A subject; <c>*</c> and <c>></c> are wildcards.</param>
    /// <param name="sink">Receives the messages, in order, on the connection's receive loop.</param>
    /// <param name="queueGroup">Each message goes to one member of the group; <see langword="null"/> for every subscriber.</param>
    /// <param name="cancellationToken">Gives up while the command cannot be queued.</param>
    ValueTask<INatsSubscription> SubscribeAsync(string subject, INatsMessageSink sink, string? queueGroup = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Completes when the server has handled all that was queued before (PING, PONG).
    /// </summary>
    /// <exception cref="NatsConnectionException">The connection was lost before the answer came; what was queued may not have arrived.</exception>
    ValueTask FlushAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Closes the connection without losing anything: the server sends no more, all that it sent is handed to the sinks, all that is queued is sent, then the connection is closed for good.
    /// </summary>
    /// <exception cref="NatsConnectionException">The connection was lost meanwhile. It is closed all the same.</exception>
    /// <exception cref="OperationCanceledException">It took too long. The connection is closed all the same.</exception>
    ValueTask DrainAsync(CancellationToken cancellationToken = default);
}
