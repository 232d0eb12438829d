using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Analyzers.Across;

/// <summary>
/// NATS0512: a stream that captures the dead letters of a consumer. Of its own stream they would come back to it, and the runtime does not start; of another one
/// the server refuses the stream that they need (10065).
/// </summary>
internal static class DeadLettersCaptured
{
    /// <summary>Where the consumer sets its stream up itself.</summary>
    public static void JudgeOwn(ConsumerModel consumer, SymbolAnalysisContext context)
    {
        foreach (var stream in consumer.Streams.Where(stream => stream.Name is not null && stream.Name == consumer.StreamName.Value))
            Judge(Descriptors.NATS0512_DeadLettersCaptured, stream, consumer.StreamName.Value!, context.ReportDiagnostic);
    }

    public static void JudgeOthers(Application application, Action<Diagnostic> report)
    {
        foreach (var source in application.Consumers.Select(consumer => consumer.StreamName.Value).OfType<string>().Distinct())
        {
            foreach (var stream in application.Streams.Where(stream => stream.Name != DeadLetterStream(source)))
            {
                var isSaid = stream.Name == source && application.Consumers.Any(consumer => consumer.Type.Is(stream.SetUpBy) && consumer.StreamName.Value == source);
                if (!isSaid)
                    Judge(Descriptors.NATS0512_DeadLettersCapturedAtEnd, stream, source, report);
            }
        }
    }

    private static void Judge(DiagnosticDescriptor rule, StreamModel stream, string source, Action<Diagnostic> report)
    {
        if (!SubjectPattern.TryParse($"dead-letters.{source}.>", out var deadLetters, out _))
            return;
        foreach (var subject in stream.Subjects ?? [])
        {
            if (!subject.Pattern.Overlaps(deadLetters))
                continue;
            var consequence = stream.Name == source
                ? "The worker does not start so, because a dead letter would come back to it"
                : $"The server would refuse the stream '{DeadLetterStream(source)}' that they need (10065)";
            report(Diagnostic.Create(rule, subject.Syntax!.GetLocation(), stream.Name, subject, source, deadLetters, consequence));
        }
    }

    private static string DeadLetterStream(string source) => $"{source}-dead-letters";
}
