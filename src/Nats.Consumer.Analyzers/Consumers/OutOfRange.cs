using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Nats.Consumer.Analyzers.Consumers;

/// <summary>NATS0513: the checks of the runtime's ConsumerSettings, in its words.</summary>
internal static class OutOfRange
{
    private static readonly TimeSpan LeastAckWait = TimeSpan.FromMilliseconds(10);

    public static void Judge(ConsumerModel consumer, SymbolAnalysisContext context)
    {
        AtLeastOne(consumer.MaxDeliver, "MaxDeliver");
        AtLeastOne(consumer.MaxAckPending, "MaxAckPending");
        AtLeastOne(consumer.Concurrency, "Concurrency");
        AtLeastOne(consumer.BatchSize, "BatchSize");
        if (consumer.AckWait is { IsStated: true, Syntax: { } wait } && consumer.AckWait.Value < LeastAckWait)
            Report(wait, $"AckWait is {consumer.AckWait.Value}; it must be at least 10 ms, and longer than a handler takes.");
        foreach (var (time, syntax) in consumer.Delays.List ?? [])
        {
            if (time < TimeSpan.Zero)
                Report(syntax, "A retry delay cannot be negative.");
        }

        void AtLeastOne(Setting<int> setting, string name)
        {
            if (setting is { IsStated: true, Value: < 1, Syntax: { } syntax })
                Report(syntax, $"{name} is {setting.Value}; it must be at least 1.");
        }

        void Report(SyntaxNode syntax, string message) => context.ReportDiagnostic(Diagnostic.Create(Descriptors.NATS0513_OutOfRange, syntax.GetLocation(), message));
    }
}
