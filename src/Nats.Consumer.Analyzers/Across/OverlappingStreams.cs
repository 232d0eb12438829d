using Microsoft.CodeAnalysis;

namespace Nats.Consumer.Analyzers.Across;

/// <summary>NATS0402: two streams that no server takes side by side.</summary>
internal static class OverlappingStreams
{
    public static void Judge(Application application, Action<Diagnostic> report)
    {
        var streams = application.Streams.Where(stream => stream is { IsCertain: true, Subjects: not null }).ToList();
        var all = streams.SelectMany(stream => stream.Subjects!.Value, (stream, subject) => (Stream: stream, Subject: subject)).ToList();
        var index = new PatternIndex(all.Select(one => one.Subject.Pattern));
        for (var i = 1; i < all.Count; i++)
        {
            var earlier = index.Overlapping(all[i].Subject.Pattern).Where(other => other < i && all[other].Stream.Name != all[i].Stream.Name).ToList();
            if (earlier.Count > 0)
                Report(all[i].Stream, all[i].Subject, all[earlier.Min()].Stream, all[earlier.Min()].Subject, report);
        }
    }

    private static void Report(StreamModel stream, StatedPattern subject, StreamModel other, StatedPattern theirs, Action<Diagnostic> report)
    {
        var rule = Descriptors.NATS0402_OverlappingStreams;
        // What no Setup() makes may be meant for another account.
        var severity = stream.SetUpBy is not null && other.SetUpBy is not null ? rule.DefaultSeverity : DiagnosticSeverity.Warning;
        report(Diagnostic.Create(rule, subject.Syntax!.GetLocation(), severity, [theirs.Syntax!.GetLocation()], properties: null, subject, stream.Name, theirs, other.Name));
    }
}
