using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Nats.Consumer.Analyzers.Acknowledgement;

/// <summary>Calls that settle a message, and whose.</summary>
internal static class Settlements
{
    /// <summary>The name of the call and the variable that holds the message; null for what settles nothing.</summary>
    public static (string Name, ISymbol Message)? Of(IOperation? operation, NatsSymbols symbols) =>
        Awaited(operation) is IInvocationOperation { TargetMethod: { Name: "AckAsync" or "AckSyncAsync" or "NakAsync" or "TermAsync" } method, Instance: { } instance }
        && method.ContainingType.Is(symbols.MessageContext)
        && Variable(instance) is { } message
            ? (method.Name, message)
            : null;

    public static ISymbol? Variable(IOperation operation) => ConstantTexts.Unwrap(operation) switch
    {
        IParameterReferenceOperation parameter => parameter.Parameter,
        ILocalReferenceOperation local => local.Local,
        _ => null,
    };

    private static IOperation? Awaited(IOperation? operation) => operation switch
    {
        IExpressionStatementOperation statement => Awaited(statement.Operation),
        IAwaitOperation awaiting => Awaited(awaiting.Operation),
        IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "AsTask", Instance: { } task } => Awaited(task),
        _ => operation,
    };
}
