using Nats.Consumer.JetStream;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Consuming;

/// <summary>Filters of a consumer on the server.</summary>
internal static class FilterSet
{
    /// <summary>Joins what overlaps until nothing does.</summary>
    public static IReadOnlyList<SubjectPattern> Join(IReadOnlyList<SubjectPattern> filters)
    {
        List<SubjectPattern> joined = [.. filters];
        while (true)
        {
            (SubjectPattern First, SubjectPattern Second)? pair = joined
                .SelectMany((first, i) => joined.Skip(i + 1).Where(first.Overlaps).Select(second => (first, second)))
                .Select(found => ((SubjectPattern, SubjectPattern)?)found)
                .FirstOrDefault();
            if (pair is not { } overlapping)
                return PatternSet.MinimalCover(joined);
            joined.Remove(overlapping.First);
            joined.Remove(overlapping.Second);
            joined.Add(PatternSet.CommonCover([overlapping.First, overlapping.Second]));
        }
    }

    public static List<SubjectPattern> SubjectsOf(StreamDescription stream)
    {
        var subjects = new List<SubjectPattern>();
        foreach (string text in stream.Subjects)
        {
            if (SubjectPattern.TryParse(text, out SubjectPattern? pattern, out _))
                subjects.Add(pattern);
        }

        return subjects;
    }
}
