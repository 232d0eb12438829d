using Microsoft.CodeAnalysis;

namespace Nats.Consumer.Analyzers;

/// <summary>Handlers that take several messages at a time, as the runtime's BatchMethodFactory sees them.</summary>
internal static class BatchSignature
{
    public const string Shape =
        "A handler is an instance method that returns Task, ValueTask, Task<Outcome> or ValueTask<Outcome>, and takes a payload, a MessageContext, a CancellationToken and one parameter per {token}, each at most once; "
        + "or it takes batches, an IReadOnlyList<Message<T>> or IReadOnlyList<MessageContext> and a CancellationToken, and returns Task, ValueTask, Task<IReadOnlyList<Outcome>> or ValueTask<IReadOnlyList<Outcome>>";

    public static bool TakesBatches(IMethodSymbol method, NatsSymbols symbols) => method.Parameters.Any(parameter => ItemOf(parameter.Type, symbols) is not null);

    /// <summary>What is wrong with a method that takes batches.</summary>
    public static (string Why, ISymbol Where)? WhyWrong(IMethodSymbol method, NatsSymbols symbols, Func<ITypeSymbol, string> show)
    {
        bool hasBatch = false, hasCancellation = false;
        foreach (var parameter in method.Parameters)
        {
            if (ItemOf(parameter.Type, symbols) is not null && !hasBatch)
                hasBatch = true;
            else if (parameter.Type.Is(symbols.CancellationToken) && !hasCancellation)
                hasCancellation = true;
            else
                return ($"takes batches, and '{parameter.Name}' beside them", parameter);
        }
        return IsReturnType(method.ReturnType, symbols) ? null : ($"takes batches and returns {(method.ReturnsVoid ? "void" : show(method.ReturnType))}", method);
    }

    /// <summary>What a batch is of: the MessageContext, or the T of its messages; null where the type is no batch.</summary>
    public static ITypeSymbol? ItemOf(ITypeSymbol type, NatsSymbols symbols)
    {
        if (ArgumentOf(type, symbols.ReadOnlyListOfT) is not { } item)
            return null;
        return item.Is(symbols.MessageContext) ? item : ArgumentOf(item, symbols.MessageOfT);
    }

    private static bool IsReturnType(ITypeSymbol type, NatsSymbols symbols) => type.Is(symbols.Task)
        || type.Is(symbols.ValueTask)
        || ((ArgumentOf(type, symbols.TaskOfT) ?? ArgumentOf(type, symbols.ValueTaskOfT)) is { } result && ArgumentOf(result, symbols.ReadOnlyListOfT).Is(symbols.Outcome));

    private static ITypeSymbol? ArgumentOf(ITypeSymbol type, INamedTypeSymbol? generic) =>
        type is INamedTypeSymbol { TypeArguments.Length: 1 } named && named.OriginalDefinition.Is(generic) ? named.TypeArguments[0] : null;
}
