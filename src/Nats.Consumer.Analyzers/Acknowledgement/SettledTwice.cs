using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Nats.Consumer.Analyzers.Acknowledgement;

/// <summary>
/// NATS0701: what comes after a settlement in the same block, at whatever depth: another settlement, an outcome other than Ack, an exception. A settlement that
/// stands in a branch is followed no further than its branch: whether it was taken is not guessed.
/// </summary>
internal static class SettledTwice
{
    public static void Judge(IEnumerable<IOperation> operations, NatsSymbols symbols, OperationBlockAnalysisContext context)
    {
        var late = new Dictionary<SyntaxNode, string>(); // blocks nest, and each sees what is in the inner ones
        foreach (var statements in operations.Select(Statements).Where(statements => !statements.IsDefaultOrEmpty))
        {
            (string Name, ISymbol Message)? settled = null;
            foreach (var statement in statements)
            {
                if (settled is var (name, message))
                    CollectLate(statement, message, symbols, operation => late[operation.Syntax] = name);
                else
                    settled = Settlements.Of(statement, symbols);
            }
        }
        foreach (var pair in late)
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.NATS0701_SettledTwice, pair.Key.GetLocation(), pair.Value));
    }

    private static ImmutableArray<IOperation> Statements(IOperation operation) => operation switch
    {
        IBlockOperation block => block.Operations,
        ISwitchCaseOperation section => section.Body,
        _ => default,
    };

    private static void CollectLate(IOperation operation, ISymbol message, NatsSymbols symbols, Action<IOperation> found)
    {
        switch (operation)
        {
            case IAnonymousFunctionOperation or ILocalFunctionOperation:
                return;
            case IInvocationOperation when Settlements.Of(operation, symbols) is var (_, other) && other.Is(message):
            case IThrowOperation { Exception: not null }:
                found(operation);
                return;
            case IReturnOperation { ReturnedValue: { } value } when DecidesOtherwise(value, symbols):
                found(value);
                return;
            case ITryOperation { Catches.IsEmpty: false } caught: // what is thrown there may go no further
                CollectLate(caught.Body, message, symbols, late =>
                {
                    if (late is not IThrowOperation)
                        found(late);
                });
                foreach (var other in caught.ChildOperations.Where(other => other != caught.Body))
                    CollectLate(other, message, symbols, found);
                return;
        }
        foreach (var child in operation.ChildOperations)
            CollectLate(child, message, symbols, found);
    }

    /// <summary>Whether it is plainly an outcome other than Ack, which is what one returns when everything is done.</summary>
    private static bool DecidesOtherwise(IOperation value, NatsSymbols symbols)
    {
        value = ConstantTexts.Unwrap(value);
        if (value is IInvocationOperation { TargetMethod.Name: "FromResult", Arguments: { Length: 1 } wrapped })
            return DecidesOtherwise(wrapped[0].Value, symbols);
        if (value is IObjectCreationOperation { Type.Name: "ValueTask", Arguments: { Length: 1 } created })
            return DecidesOtherwise(created[0].Value, symbols);
        return value switch
        {
            IConditionalOperation { WhenFalse: { } otherwise } conditional => DecidesOtherwise(conditional.WhenTrue, symbols) || DecidesOtherwise(otherwise, symbols),
            ISwitchExpressionOperation choice => choice.Arms.Any(arm => DecidesOtherwise(arm.Value, symbols)),
            IPropertyReferenceOperation { Property: { IsStatic: true, Name: not "Ack" } property } => property.ContainingType.Is(symbols.Outcome),
            IInvocationOperation { TargetMethod: { IsStatic: true } method } => method.ContainingType.Is(symbols.Outcome),
            _ => false,
        };
    }
}
