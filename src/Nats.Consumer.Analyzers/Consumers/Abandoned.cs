using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Nats.Consumer.Analyzers.Consumers;

/// <summary>NATS0511: <c>OnExhausted => ErrorAckBehavior.Nak</c>.</summary>
internal static class Abandoned
{
    public static void Judge(ConsumerModel consumer, SymbolAnalysisContext context)
    {
        if (consumer.OnExhausted is { IsStated: true, Value: "Nak", Syntax: { } syntax } && !consumer.IsOrdered)
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.NATS0511_Abandoned, syntax.GetLocation()));
    }
}
