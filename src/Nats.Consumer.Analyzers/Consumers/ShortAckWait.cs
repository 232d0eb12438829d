using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Nats.Consumer.Analyzers.Consumers;

/// <summary>NATS0504: an ack wait so short that an ordinary hiccup outlasts it. Tests are let be: they have no time to wait.</summary>
internal static class ShortAckWait
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);

    public static void Judge(ConsumerModel consumer, SymbolAnalysisContext context)
    {
        if (consumer.AckWait is { IsStated: true, Syntax: { } syntax } && consumer.AckWait.Value < Short && !consumer.IsOrdered && !context.Compilation.IsTestProject())
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.NATS0504_ShortAckWait, syntax.GetLocation(), consumer.AckWait.Value.TotalMilliseconds));
    }
}
