using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nats.Consumer.Analyzers.Across;

namespace Nats.Consumer.Analyzers.Routing;

/// <summary>NATS0205: a subject of a consumer that none of its handlers takes. The filter on the server leaves it out, so it is as if it were not there.</summary>
internal static class UnhandledSubject
{
    /// <summary>Where the consumer names its handlers.</summary>
    public static void JudgeStated(ConsumerModel consumer, NatsSymbols symbols, SymbolAnalysisContext context)
    {
        if (!consumer.Handlers.IsKnown || consumer.Handlers.Value.IsEmpty || !consumer.Handlers.Value.All(handler => symbols.IsHandlerClass(handler.Type)))
            return;
        var handlers = consumer.Handlers.Value.Select(handler => symbols.ModelOf(handler.Type, context.CancellationToken)).ToList();
        JudgeSubjects(Descriptors.NATS0205_UnhandledSubject, consumer, handlers, context.ReportDiagnostic);
    }

    /// <summary>Where they are all that the program has.</summary>
    public static void JudgeFound(Application application, Action<Diagnostic> report)
    {
        foreach (var consumer in application.Consumers.Where(consumer => consumer.Handlers is { IsKnown: true, Value.IsEmpty: true }))
        {
            var handlers = application.HandlersOf(consumer);
            if (handlers.Count > 0)
                JudgeSubjects(Descriptors.NATS0205_UnhandledSubjectAtEnd, consumer, handlers, report);
            else if (consumer.Subjects.IsKnown)
                ReportNoHandler(consumer, report);
        }
    }

    private static void JudgeSubjects(DiagnosticDescriptor rule, ConsumerModel consumer, IReadOnlyList<HandlerModel> handlers, Action<Diagnostic> report)
    {
        if (!consumer.Subjects.IsKnown || handlers.Any(handler => handler.OverridesFallback || handler.Patterns.Any(pattern => pattern.Pattern is null)))
            return;
        var handled = new PatternIndex(handlers.SelectMany(handler => handler.Patterns).Select(pattern => pattern.Pattern!));
        foreach (var subject in consumer.Subjects.Value)
        {
            if (subject.Syntax is not null && !handled.AnyOverlaps(subject.Pattern))
                report(Diagnostic.Create(rule, subject.Syntax.GetLocation(), $"No handler of {consumer.Type.Name} takes anything of '{subject}', so it is not asked for. Add a handler for it, or leave it out."));
        }
    }

    private static void ReportNoHandler(ConsumerModel consumer, Action<Diagnostic> report) => report(Diagnostic.Create(
        Descriptors.NATS0205_UnhandledSubjectAtEnd,
        consumer.Location,
        DiagnosticSeverity.Error,
        additionalLocations: null,
        properties: null,
        $"{consumer.Type.Name}: no handler of the application takes anything of {string.Join(", ", consumer.Subjects.Value)}. Write a ConsumerHandler with a [Handle] for it, or name the handlers in Handlers."));
}
