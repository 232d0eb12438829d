using System.Diagnostics.CodeAnalysis;
using Nats.Consumer.Client;
using Nats.Consumer.JetStream;

namespace Nats.Consumer;

/// <summary>
/// Publishes into streams without waiting for each confirmation: up to <see cref="PublishWindowOptions.MaxPending"/> messages are on the way. Every message is confirmed or reported as failed.
/// Messages leave in order and, when nothing goes wrong, are stored in order.
/// </summary>
/// <remarks>
/// When the connection is lost, messages with a <see cref="PublishOptions.MessageId"/> are sent again after the reconnect, which within the stream's duplicate window stores each once, though perhaps
/// after later ones. Those without an id fail, because nobody can tell whether they were stored. What is published during the outage waits for its end, for
/// <see cref="PublishWindowOptions.OutageTimeout"/> at the longest. All members may be called from any thread.
/// </remarks>
/// <example>
/// <code>
/// await using PublishWindow window = jetStream.OpenPublishWindow();
/// foreach (Order order in orders)
///     await window.PublishAsync($"orders.{order.Id}.created", order);
/// await window.FlushAsync();
/// </code>
/// </example>
public sealed class PublishWindow : IAsyncDisposable
{
    private readonly PublishPipeline _pipeline;

    internal PublishWindow(PublishPipeline pipeline) => _pipeline = pipeline;

    /// <summary>How many messages are on the way or have a result that is not yet handed over.</summary>
    public int Pending => _pipeline.Tally.Held;

    internal bool HasFailed => _pipeline.Tally.HasFailed;

    /// <summary>Publishes a value. Completes as soon as the window has room and the message is queued, which does not mean stored.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="value">The value: written as JSON; a <c>byte[]</c> or <see cref="ReadOnlyMemory{T}"/> of byte is published as it is. It is copied before the task completes.</param>
    /// <param name="options">Message id, headers, expectations.</param>
    /// <param name="state">Something of yours that comes back with the <see cref="PublishResult"/>.</param>
    /// <param name="cancellationToken">Gives up waiting for room; the message is not published then.</param>
    /// <exception cref="ArgumentException">The subject is no subject that a message can be published to.</exception>
    /// <exception cref="NatsPayloadTooLargeException">The message exceeds the server's <c>max_payload</c>.</exception>
    /// <exception cref="JetStreamException">
    /// A message before this one has failed, and there is no <see cref="PublishWindowOptions.OnResult"/> to be told; this one is not published. Or the server cannot do what the options say.
    /// </exception>
    public ValueTask PublishAsync<T>(
        [StringSyntax("NatsSubject")] string subject, T value, PublishOptions? options = null, object? state = null, CancellationToken cancellationToken = default) =>
        _pipeline.PublishAsync(subject, value, options, state, cancellationToken);

    /// <summary>Waits until every message is confirmed or has failed, and every result is handed over. The window can be used further.</summary>
    /// <returns>What became of the messages since the window was opened.</returns>
    /// <exception cref="JetStreamException">
    /// A message has failed, and there is no <see cref="PublishWindowOptions.OnResult"/> to be told. Or that threw.
    /// </exception>
    public Task<PublishSummary> FlushAsync(CancellationToken cancellationToken = default) => _pipeline.Tally.WhenIdleAsync(cancellationToken);

    /// <summary>Closes the window at once. Messages that are not confirmed yet fail; await <see cref="FlushAsync"/> before.</summary>
    public ValueTask DisposeAsync() => _pipeline.DisposeAsync();
}
