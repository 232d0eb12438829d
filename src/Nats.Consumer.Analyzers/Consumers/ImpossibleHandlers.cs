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
            if (Wrong(type, symbols, context.Compilation, context.CancellationToken) is { } message)
                context.ReportDiagnostic(Diagnostic.Create(Descriptors.NATS0302_NotAHandlerClass, syntax.GetLocation(), message));
        }
    }

    private static string? Wrong(INamedTypeSymbol type, NatsSymbols symbols, Compilation compilation, CancellationToken cancellationToken)
    {
        if (!symbols.IsHandlerClass(type) || type.IsAbstract || type.IsUnboundGenericType)
            return $"Handlers names {type.Name}, of which no instance can be made. Name classes that derive from ConsumerHandler and are neither abstract nor open generics.";
        // Private handlers of another assembly are not seen here, and are called all the same.
        if (!type.ContainingAssembly.Is(compilation.Assembly))
            return null;
        var handler = symbols.ModelOf(type, cancellationToken);
        return handler.HasMethods || handler.OverridesFallback ? null : NotAHandlerClass.NothingToCall(type);
    }
}
