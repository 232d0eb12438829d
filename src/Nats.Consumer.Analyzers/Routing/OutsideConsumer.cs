using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nats.Consumer.Analyzers.Across;

namespace Nats.Consumer.Analyzers.Routing;

/// <summary>NATS0204: a handler for what its consumer never asks for.</summary>
internal static class OutsideConsumer
{
    /// <summary>The runtime refuses a consumer that names a class of which it takes nothing.</summary>
    public static void JudgeStated(ConsumerModel consumer, NatsSymbols symbols, SymbolAnalysisContext context)
    {
        foreach (var (type, syntax) in consumer.Handlers.IsKnown ? consumer.Handlers.Value : [])
        {
            var handler = symbols.ModelOf(type, context.CancellationToken);
            if (!symbols.IsHandlerClass(type) || handler.Patterns.IsEmpty || consumer.Takes(handler))
                continue;
            var message = $"{type.Name} takes nothing of what the consumer takes ({string.Join(", ", consumer.Subjects.Value)}), so it would never be called. "
                + "Change Subjects or the handler's [Handle].";
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.NATS0204_OutsideConsumer, syntax.GetLocation(), DiagnosticSeverity.Error, additionalLocations: null, properties: null, message));
        }
    }

    /// <summary>Single patterns that are outside of all consumers that call the class.</summary>
    public static void JudgePatterns(Application application, Action<Diagnostic> report)
    {
        foreach (var handler in application.Handlers)
        {
            var callers = application.CallersOf(handler);
            if (callers.Count > 0 && callers.All(consumer => consumer.Subjects.IsKnown && consumer.Takes(handler)))
                JudgePatterns(handler, callers, report);
        }
    }

    private static void JudgePatterns(HandlerModel handler, IReadOnlyList<ConsumerModel> callers, Action<Diagnostic> report)
    {
        var subjects = callers.SelectMany(consumer => consumer.Subjects.Value).ToList();
        foreach (var pattern in handler.Patterns.Where(pattern => handler.IsOwn(pattern) && pattern is { Pattern: not null, Syntax: not null }))
        {
            if (callers.Any(consumer => consumer.Takes(pattern.Pattern!)))
                continue;
            var names = string.Join(" and ", callers.Select(consumer => consumer.Type.Name).OrderBy(name => name, StringComparer.Ordinal));
            report(Diagnostic.Create(
                Descriptors.NATS0204_OutsideConsumerAtEnd,
                pattern.Location,
                $"'{pattern.Text}' is outside of the subjects of {names} ({string.Join(", ", subjects)}), so {handler.NameOf(pattern)} is never called for it. Add it to Subjects, or remove it."));
        }
    }
}
