using Microsoft.CodeAnalysis;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Analyzers.Routing;

/// <summary>NATS0203: neither of two patterns covers the other, but some subjects match both. Well-defined, and worth a look for those who ask for it.</summary>
internal static class OverlappingPatterns
{
    public static void Judge(HandlerModel model, Action<Diagnostic> report)
    {
        var patterns = model.Patterns.Where(pattern => pattern.Pattern is { IsLiteral: false }).ToList();
        for (var i = 1; i < patterns.Count; i++)
        {
            var second = patterns[i];
            var first = patterns.Take(i).FirstOrDefault(other => Crosses(other.Pattern!, second.Pattern!));
            if (first is null || !model.IsOwn(second))
                continue;
            var called = SubjectPattern.MostSpecificFirst.Compare(first.Pattern!, second.Pattern!) < 0 ? first : second;
            Location[] also = first.Syntax is null ? [] : [first.Location];
            report(Diagnostic.Create(Descriptors.NATS0203_OverlappingPatterns, second.Location, also, second.Text, first.Text, model.NameOf(first), called.Text));
        }
    }

    private static bool Crosses(SubjectPattern one, SubjectPattern other) => one.Overlaps(other) && !one.Covers(other) && !other.Covers(one);
}
