using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Nats.Consumer.Analyzers.Consumers;

/// <summary>NATS0302 for a class that a consumer names in <c>Handlers</c> and of which no instance can be made.</summary>
internal static class ImpossibleHandlers
{
    public static void Judge(ConsumerModel consumer, NatsSymbols symbols, SymbolAnalysisContext context)
    {
        foreach (var (type, syntax) in consumer.Handlers.IsKnown ? consumer.Handlers.Value : [])
        {
            if (symbols.IsHandlerClass(type) && !type.IsAbstract && !type.IsUnboundGenericType)
                continue;
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.NATS0302_NotAHandlerClass,
                syntax.GetLocation(),
                $"Handlers names {type.Name}, of which no instance can be made. Name classes that derive from ConsumerHandler and are neither abstract nor open generics."));
        }
    }
}
