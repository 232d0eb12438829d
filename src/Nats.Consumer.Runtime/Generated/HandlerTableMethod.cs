using System.ComponentModel;
using Nats.Consumer.Handling;

namespace Nats.Consumer.Generated;

/// <summary>Calls a handler method. For generated code only.</summary>
/// <param name="handler">The instance.</param>
/// <param name="message">The message.</param>
/// <param name="cancellationToken">Cancelled when the handler must stop.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate ValueTask<Outcome> HandlerTableInvoker(ConsumerHandler handler, MessageContext message, CancellationToken cancellationToken);

/// <summary>A handler method in a table. For generated code only.</summary>
/// <param name="name">Its name.</param>
/// <param name="patterns">Its patterns, as written.</param>
/// <param name="tokenParameters">The parameters that are bound to <c>{name}</c> tokens.</param>
/// <param name="invoke">Calls it.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class HandlerTableMethod(string name, string[] patterns, string[] tokenParameters, HandlerTableInvoker invoke)
{
    private readonly HandlerTableBatchInvoker? _invokeBatch;

    /// <summary>A batch handler.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="patterns">Its patterns, as written.</param>
    /// <param name="invoke">Calls it.</param>
    public HandlerTableMethod(string name, string[] patterns, HandlerTableBatchInvoker invoke)
        : this(name, patterns, [], static (_, _, _) => default) => _invokeBatch = invoke;

    /// <summary>What payloads are read as; <see langword="null"/> where they are not read.</summary>
    public Type? Payload { get; init; }

    /// <summary>For token parameters that are no text, by name: makes up a token that fits, or <see langword="null"/>.</summary>
    public Dictionary<string, Func<string?>> TokenExamples { get; } = [];

    internal HandlerMethod Of(Type handlerType)
    {
        string displayName = $"{handlerType.Name}.{name}";
        HandlerMethod method = _invokeBatch is { } invokeBatch
            ? HandlerMethod.OfBatch(displayName, patterns, invokeBatch)
            : new HandlerMethod(displayName, patterns, tokenParameters, (handler, message, _, cancellationToken) => invoke(handler, message, cancellationToken));
        return method with { Payload = Payload, TokenExamples = TokenExamples };
    }
}
