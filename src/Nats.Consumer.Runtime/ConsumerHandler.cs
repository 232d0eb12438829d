namespace Nats.Consumer;

/// <summary>
/// A class whose <see cref="HandleAttribute"/> methods handle messages. It is created for each message in a scope of its own, with its constructor's
/// parameters from dependency injection; register it as a singleton yourself to have one instance for all messages.
/// </summary>
public abstract class ConsumerHandler
{
    /// <summary>
    /// Decides on a message that no method of any handler of the consumer takes. By default it is a dead letter: neither a success nor an endless retry.
    /// </summary>
    /// <remarks>
    /// A handler that overrides this method takes every message of the consumer's <see cref="JetStreamConsumer.Subjects"/>: the filter on the server is then
    /// these subjects, and not only what the methods handle.
    /// </remarks>
    /// <param name="message">The message.</param>
    /// <param name="reason">Why no method was called.</param>
    /// <param name="cancellationToken">Cancelled when the worker must stop at once.</param>
    protected virtual ValueTask<Outcome> FallbackAsync(MessageContext message, FallbackReason reason, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Outcome.DeadLetter($"No handler takes '{message.Subject}'."));

    internal virtual ValueTask<Outcome> InvokeFallbackAsync(MessageContext message, FallbackReason reason, CancellationToken cancellationToken) =>
        FallbackAsync(message, reason, cancellationToken);
}
