using Nats.Consumer.Generated;
using Nats.Consumer.Routing;

namespace Nats.Consumer.Handling;

/// <summary>Calls a handler method: binds its parameters, and turns what it returns into an outcome.</summary>
/// <param name="handler">The instance.</param>
/// <param name="message">The message.</param>
/// <param name="route">The route that matched, for the tokens.</param>
/// <param name="cancellationToken">Cancelled when the handler must stop.</param>
internal delegate ValueTask<Outcome> HandlerInvoker(ConsumerHandler handler, MessageContext message, Route route, CancellationToken cancellationToken);

/// <summary>A handler method of a class, as the catalogue found it.</summary>
/// <param name="DisplayName"><c>Class.Method</c>, for people.</param>
/// <param name="Patterns">Its patterns, as written.</param>
/// <param name="TokenParameters">The parameters that are bound to <c>{name}</c> tokens.</param>
/// <param name="Invoke">Calls it with one message.</param>
/// <param name="InvokeBatch">Calls it with several messages; <see langword="null"/> where it takes one at a time.</param>
internal sealed record HandlerMethod(
    string DisplayName, IReadOnlyList<string> Patterns, IReadOnlyList<string> TokenParameters, HandlerInvoker Invoke, HandlerTableBatchInvoker? InvokeBatch = null)
{
    /// <summary>What payloads are read as, one by one; <see langword="null"/> where they are not read.</summary>
    public Type? Payload { get; init; }

    /// <summary>For token parameters that are no text, by name: makes up a token that fits, or <see langword="null"/>.</summary>
    public IReadOnlyDictionary<string, Func<string?>> TokenExamples { get; init; } = new Dictionary<string, Func<string?>>();

    /// <summary>A method that takes several messages at a time.</summary>
    public static HandlerMethod OfBatch(string displayName, IReadOnlyList<string> patterns, HandlerTableBatchInvoker invoke) =>
        new(displayName, patterns, [], (_, _, _, _) => throw new InvalidOperationException($"{displayName} takes batches."), invoke);
}
