using Microsoft.CodeAnalysis;

namespace Nats.Consumer.Analyzers.Across;

/// <summary>NATS0402: two streams that no server takes side by side.</summary>
internal static class OverlappingStreams
{
    public static void Judge(Application application, Action<Diagnostic> report)
    {
        var streams = application.Streams.Where(stream => stream is { IsCertain: true, Subjects: not null }).ToList();
        for (var i = 1; i < streams.Count; i++)
        {
            foreach (var subject in streams[i].Subjects!.Value)
            {
                if (FirstOther(streams.Take(i), streams[i], subject) is var (other, theirs))
                    Report(streams[i], subject, other, theirs, report);
            }
        }
    }

    private static (StreamModel Stream, StatedPattern Subject)? FirstOther(IEnumerable<StreamModel> earlier, StreamModel stream, StatedPattern subject)
    {
        foreach (var other in earlier.Where(other => other.Name != stream.Name))
        {
            if (other.Subjects!.Value.FirstOrDefault(theirs => theirs.Pattern.Overlaps(subject.Pattern)) is { } theirs)
                return (other, theirs);
        }
        return null;
    }

    private static void Report(StreamModel stream, StatedPattern subject, StreamModel other, StatedPattern theirs, Action<Diagnostic> report)
    {
        var rule = Descriptors.NATS0402_OverlappingStreams;
        // What no Setup() makes may be meant for another account.
        var severity = stream.SetUpBy is not null && other.SetUpBy is not null ? rule.DefaultSeverity : DiagnosticSeverity.Warning;
        report(Diagnostic.Create(rule, subject.Syntax!.GetLocation(), severity, [theirs.Syntax!.GetLocation()], properties: null, subject, stream.Name, theirs, other.Name));
    }
}
