using System.Diagnostics.CodeAnalysis;
using Nats.Consumer.Client;

namespace Nats.Consumer;

/// <summary>
/// JetStream for applications, to inject anywhere: publishing, reading by hand, single messages, streams and consumers, the account, dead letters.
/// </summary>
/// <remarks>
/// Before the first connection is made every call waits for the server, as the worker does; afterwards the server has <see cref="NatsConnectionSettings.RequestTimeout"/> to answer. All of them may throw
/// <see cref="JetStreamNotEnabledException"/> when JetStream is off, <see cref="JetStreamTimeoutException"/> when it does not answer, <see cref="JetStreamPermissionException"/> when the user may not, <see cref="JetStreamApiException"/> when it refuses,
/// <see cref="NatsConnectionException"/> when the connection is lost before the answer, and <see cref="NatsAuthenticationException"/> when the server refuses the credentials.
/// </remarks>
public partial interface IJetStream
{
    /// <summary>
    /// Publishes a value into the stream that captures the subject, and waits until the stream has stored it. The value is written as JSON
    /// (camelCase unless configured otherwise); a <c>byte[]</c> or <see cref="ReadOnlyMemory{T}"/> of byte is published as it is.
    /// </summary>
    /// <param name="subject">The subject.</param>
    /// <param name="value">The value.</param>
    /// <param name="options">Message id, headers, expectations.</param>
    /// <param name="cancellationToken">Stops waiting; the message may have been stored.</param>
    /// <returns>Where the message was stored.</returns>
    /// <exception cref="ArgumentException">The subject is no subject that a message can be published to.</exception>
    /// <exception cref="JetStreamException">No stream captures the subject, or the stream did not answer in time.</exception>
    /// <exception cref="JetStreamApiException">The stream refused the message.</exception>
    ValueTask<PublishAck> PublishAsync<T>(
        [StringSyntax("NatsSubject")] string subject, T value, PublishOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Publishes many values without waiting for each confirmation, and waits for the last one. See <see cref="PublishWindow"/> for what happens when the connection is lost.
    /// </summary>
    /// <param name="messages">The messages. They are taken one by one, as the window has room.</param>
    /// <param name="options">Size of the window, who is told of results.</param>
    /// <param name="cancellationToken">Stops; messages on the way may have been stored.</param>
    /// <returns>What became of them.</returns>
    /// <exception cref="ArgumentException">A subject is no subject that a message can be published to.</exception>
    /// <exception cref="JetStreamException">
    /// A message has failed, and there is no <see cref="PublishWindowOptions.OnResult"/> to be told; no more messages were taken after that.
    /// </exception>
    Task<PublishSummary> PublishManyAsync<T>(IEnumerable<PublishMessage<T>> messages, PublishWindowOptions? options = null, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="PublishManyAsync{T}(IEnumerable{PublishMessage{T}}, PublishWindowOptions?, CancellationToken)"/>
    Task<PublishSummary> PublishManyAsync<T>(IAsyncEnumerable<PublishMessage<T>> messages, PublishWindowOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Opens a window to publish through. Keep it and share it: each has a subscription of its own.</summary>
    /// <param name="options">Size of the window, who is told of results.</param>
    PublishWindow OpenPublishWindow(PublishWindowOptions? options = null);
}
