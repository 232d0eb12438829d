using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Nats.Consumer.Analyzers.Handlers;

/// <summary>
/// NATS0304: <c>CancellationToken.None</c> or <c>default</c> where the handler has a token. A call without any token is CA2016, which the SDK has.
/// Settling, catch and finally are let be: what must happen even when the worker stops is not cancelled; nor is what is let go on purpose. ContinueWith and StartNew want a
/// token before their scheduler.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TokenNotPassed() : NatsAnalyzer(Descriptors.NATS0304_TokenNotPassed)
{
    private protected override void Register(CompilationStartAnalysisContext context, NatsSymbols symbols) => HandlerBodies.Register(context, symbols, method => TokenOf(method, symbols) is not null, (block, method, operations) =>
    {
        var token = TokenOf(method, symbols)!;
        foreach (var argument in operations.OfType<IArgumentOperation>())
        {
            if (argument.ArgumentKind == ArgumentKind.Explicit
                && argument.Parameter is { } parameter
                && parameter.Type.Is(symbols.CancellationToken)
                && IsNone(ConstantTexts.Unwrap(argument.Value), symbols)
                && !parameter.ContainingType.Is(symbols.MessageContext)
                && parameter.ContainingSymbol.Name is not ("ContinueWith" or "StartNew")
                && !IsLetBe(argument))
            {
                block.ReportDiagnostic(Diagnostic.Create(
                    Descriptors.NATS0304_TokenNotPassed, argument.Value.Syntax.GetLocation(), Replacement.Properties(token.Name, argument.Value.Syntax.Span), parameter.ContainingSymbol.Name, token.Name));
            }
        }
    });

    internal static IParameterSymbol? TokenOf(IMethodSymbol method, NatsSymbols symbols) => method.Parameters.FirstOrDefault(parameter => parameter.Type.Is(symbols.CancellationToken));

    private static bool IsNone(IOperation value, NatsSymbols symbols) =>
        value is IDefaultValueOperation or IObjectCreationOperation { Arguments.IsEmpty: true } || (value is IPropertyReferenceOperation { Property.Name: "None" } none && none.Property.ContainingType.Is(symbols.CancellationToken));

    private static bool IsLetBe(IOperation operation)
    {
        for (var (child, parent) = (operation, operation.Parent); parent is not null; (child, parent) = (parent, parent.Parent))
        {
            if (parent is ICatchClauseOperation or ISimpleAssignmentOperation { Target: IDiscardOperation }
                || (parent is ITryOperation tryOperation && tryOperation.Finally == child)
                || parent is ILocalFunctionOperation { Symbol.IsStatic: true }
                || parent is IAnonymousFunctionOperation { Symbol.IsStatic: true })
            {
                return true;
            }
        }
        return false;
    }
}
