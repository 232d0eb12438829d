using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Nats.Consumer.Analyzers.Handlers;

/// <summary>NATS0001 for <c>[Handle()]</c>: an error if the method has no other subject, in the words of the runtime.</summary>
internal static class NoSubject
{
    public static void Judge(IMethodSymbol method, NatsSymbols symbols, SymbolAnalysisContext context)
    {
        var empty = method.GetAttributes().FirstOrDefault(data => data.AttributeClass.Is(symbols.Handle) && data.ConstructorArguments.Length == 1 && data.ConstructorArguments[0] is { Kind: TypedConstantKind.Array, IsNull: false, Values.IsEmpty: true });
        if (empty?.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken) is not { } syntax)
            return;
        var severity = symbols.PatternsOf(method, context.CancellationToken).IsEmpty ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning;
        context.ReportDiagnostic(Diagnostic.Create(
            Descriptors.NATS0001_InvalidSubject, syntax.GetLocation(), severity, additionalLocations: null, properties: null, "[Handle] names no subject. Give it one, as in [Handle(\"orders.created\")]."));
    }
}
