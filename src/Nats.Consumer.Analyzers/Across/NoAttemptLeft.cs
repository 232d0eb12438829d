using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Nats.Consumer.Analyzers.Across;

/// <summary>NATS0515: asking for a retry where there is but one attempt.</summary>
internal static class NoAttemptLeft
{
    /// <summary>In the consumer's own rules for exceptions.</summary>
    public static void JudgeOwn(ConsumerModel consumer, SymbolAnalysisContext context)
    {
        foreach (var rule in consumer.Attempts == 1 ? consumer.Exceptions.Where(rule => rule.Method == "Retry") : [])
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.NATS0515_NoAttemptLeft, rule.Syntax.GetLocation(), rule.Syntax.ToString(), consumer.Type.Name));
    }

    /// <summary>In handlers, if none of the consumers that call them has a second attempt.</summary>
    public static void JudgeHandlers(Application application, Action<Diagnostic> report)
    {
        var handlers = application.Handlers.ToDictionary(handler => (ISymbol)handler.Type, SymbolEqualityComparer.Default);
        foreach (var (type, what, location) in application.Retries)
        {
            if (!handlers.TryGetValue(type, out var handler))
                continue;
            var callers = application.CallersOf(handler);
            if (callers.Count > 0 && callers.All(consumer => consumer is { Handlers.IsKnown: true, Attempts: 1 }))
                report(Diagnostic.Create(Descriptors.NATS0515_NoAttemptLeftAtEnd, location, what, string.Join(" as well as ", callers.Select(consumer => consumer.Type.Name))));
        }
    }
}
