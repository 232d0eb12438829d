using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Analyzers.Across;

/// <summary>NATS0403: what a consumer wants and its stream does not capture. Streams that the program does not make itself may capture anything.</summary>
internal static class OutsideStream
{
    /// <summary>Where the consumer sets its stream up itself.</summary>
    public static void JudgeOwn(ConsumerModel consumer, SymbolAnalysisContext context)
    {
        if (Captured(consumer, consumer.Streams) is { } captured)
            JudgeSubjects(Descriptors.NATS0403_OutsideStream, consumer, captured, context.ReportDiagnostic);
    }

    public static void JudgeOthers(Application application, Action<Diagnostic> report)
    {
        foreach (var consumer in application.Consumers)
        {
            if (Captured(consumer, application.Streams) is not { } captured)
                continue;
            if (Captured(consumer, consumer.Streams) is null)
                JudgeSubjects(Descriptors.NATS0403_OutsideStreamAtEnd, consumer, captured, report);
            JudgeHandlers(consumer, application.HandlersOf(consumer), captured, report);
        }
    }

    private static List<StatedPattern>? Captured(ConsumerModel consumer, ImmutableArray<StreamModel> streams)
    {
        if (!consumer.StreamName.IsKnown || streams.Any(stream => stream.Name is null))
            return null;
        var own = streams.Where(stream => stream.Name == consumer.StreamName.Value).ToList();
        return own.Count == 0 || own.Any(stream => stream.Subjects is null) ? null : [.. own.SelectMany(stream => stream.Subjects!.Value)];
    }

    private static void JudgeSubjects(DiagnosticDescriptor rule, ConsumerModel consumer, List<StatedPattern> captured, Action<Diagnostic> report)
    {
        var index = new PatternIndex(captured.Select(own => own.Pattern));
        foreach (var subject in consumer.Subjects.IsKnown ? consumer.Subjects.Value : [])
        {
            if (subject.Syntax is not null && !index.AnyOverlaps(subject.Pattern))
                report(Diagnostic.Create(rule, subject.Syntax.GetLocation(), subject, consumer.StreamName.Value, string.Join(", ", captured), consumer.Type.Name));
        }
    }

    private static void JudgeHandlers(ConsumerModel consumer, IEnumerable<HandlerModel> handlers, List<StatedPattern> captured, Action<Diagnostic> report)
    {
        if (!consumer.Subjects.IsKnown || !consumer.Handlers.IsKnown)
            return;
        // Subjects that are outside themselves have been reported.
        var index = new PatternIndex(captured.Select(own => own.Pattern));
        var inside = consumer.Subjects.Value.Select(subject => subject.Pattern).Where(index.AnyOverlaps).ToList();
        var asked = new PatternIndex(inside);
        foreach (var pattern in handlers.SelectMany(handler => handler.Patterns.Where(pattern => handler.IsOwn(pattern) && pattern is { Pattern: not null, Syntax: not null })))
        {
            var wanted = asked.Overlapping(pattern.Pattern!).Select(number => inside[number].TryIntersect(pattern.Pattern!, out var common) ? common : null).OfType<SubjectPattern>().ToList();
            if (wanted.Count > 0 && !wanted.Any(index.AnyOverlaps))
                report(Diagnostic.Create(Descriptors.NATS0403_OutsideStreamAtEnd, pattern.Location, pattern.Text, consumer.StreamName.Value, string.Join(", ", captured), consumer.Type.Name));
        }
    }
}
