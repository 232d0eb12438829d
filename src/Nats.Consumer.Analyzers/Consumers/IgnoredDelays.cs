using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Nats.Consumer.Analyzers.Consumers;

/// <summary>NATS0503: <c>BackoffDelays</c> is what <c>Retry</c> is made of, unless that is overridden, too.</summary>
internal static class IgnoredDelays
{
    public static void Judge(ConsumerModel consumer, SymbolAnalysisContext context)
    {
        if (consumer.Delays.Unused is { } syntax)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.NATS0503_IgnoredSetting,
                syntax.GetLocation(),
                $"{consumer.Type.Name} overrides Retry without using BackoffDelays, so these delays have no effect. State the delays in one of the two."));
        }
    }
}
