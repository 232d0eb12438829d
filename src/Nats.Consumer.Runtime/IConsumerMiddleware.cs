using System.Diagnostics.CodeAnalysis;

namespace Nats.Consumer;

/// <summary>The rest of the way of a message: the next middleware, or the handlers.</summary>
public delegate ValueTask<Outcome> ConsumerDelegate(MessageContext message, CancellationToken cancellationToken);

/// <summary>
/// Stands around the handlers of every message: add it by <c>AddNatsConsumers(nats => nats.Use&lt;T&gt;())</c>; the first one added is the outermost. It is made by dependency injection, in the
/// message's scope unless it is registered as a singleton.
/// </summary>
public interface IConsumerMiddleware
{
    /// <summary>Called for each message instead of its handlers; call <paramref name="next"/> to go on.</summary>
    /// <param name="message">The message.</param>
    /// <param name="next">The rest of the way. It throws what a handler throws; what is caught and not thrown again counts as the outcome that is returned.</param>
    /// <param name="cancellationToken">Cancelled when the handler must stop.</param>
    /// <returns>What becomes of the message.</returns>
    [SuppressMessage("Naming", "CA1716:Identifiers should not match keywords", Justification = "The field's word, and C# has no such keyword.")]
    ValueTask<Outcome> InvokeAsync(MessageContext message, ConsumerDelegate next, CancellationToken cancellationToken);
}
