using Microsoft.CodeAnalysis;

namespace Nats.Consumer.Analyzers.Across;

/// <summary>NATS0404: two consumers set up one stream, each with subjects of its own, and the later one takes away what the earlier one added.</summary>
internal static class StreamInTwoWays
{
    public static void Judge(Application application, Action<Diagnostic> report)
    {
        foreach (var same in application.Streams.Where(stream => stream is { SetUpBy: not null, Subjects: not null }).GroupBy(stream => stream.Name))
        {
            var first = same.First();
            foreach (var other in same.Skip(1).Where(other => !SameSubjects(first, other)))
            {
                report(Diagnostic.Create(
                    Descriptors.NATS0404_StreamInTwoWays, other.Location, [first.Location], other.SetUpBy!.Name, first.SetUpBy!.Name, other.Name, Show(other), Show(first)));
            }
        }
    }

    private static bool SameSubjects(StreamModel first, StreamModel other) => Patterns(first).SetEquals(Patterns(other));

    private static HashSet<string> Patterns(StreamModel stream) => [.. stream.Subjects!.Value.Select(subject => subject.Pattern.Wire)];

    private static string Show(StreamModel stream) => string.Join(", ", stream.Subjects!.Value);
}
