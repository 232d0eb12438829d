using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nats.Consumer.Analyzers.Handlers;

namespace Nats.Consumer.Analyzers.Consumers;

/// <summary>NATS0302 for a class that a consumer names in <c>Handlers</c>: no instance can be made of it, or it has nothing to call. The words are the runtime's.</summary>
internal static class ImpossibleHandlers
{
    public static void Judge(ConsumerModel consumer, NatsSymbols symbols, SymbolAnalysisContext context)
    {
        foreach (var (type, syntax) in consumer.Handlers.IsKnown ? consumer.Handlers.Value : [])
        {
            if (Wrong(type, symbols, context.CancellationToken) is { } message)
                context.ReportDiagnostic(Diagnostic.Create(Descriptors.NATS0302_NotAHandlerClass, syntax.GetLocation(), message));
        }
    }

    private static string? Wrong(INamedTypeSymbol type, NatsSymbols symbols, CancellationToken cancellationToken)
    {
        if (!symbols.IsHandlerClass(type) || type.IsAbstract || type.IsUnboundGenericType)
            return $"Handlers names {type.Name}, of which no instance can be made. Name classes that derive from ConsumerHandler and are neither abstract nor open generics.";
        var handler = symbols.ModelOf(type, cancellationToken);
        return handler.HasMethods || handler.OverridesFallback ? null : NotAHandlerClass.NothingToCall(type);
    }
}
