using Microsoft.CodeAnalysis;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Analyzers.Routing;

/// <summary>
/// NATS0202: more specific patterns of the class together take all that a pattern matches, as <c>a.*</c> and <c>a.*.></c> take all of <c>a.></c>. One alone
/// never does: what covers a pattern is less specific than it.
/// </summary>
internal static class ShadowedPattern
{
    public static void Judge(HandlerModel model, Action<Diagnostic> report)
    {
        var patterns = model.Patterns.Where(pattern => pattern.Pattern is not null).ToList();
        foreach (var pattern in patterns.Where(pattern => pattern.Pattern!.HasRest && model.IsOwn(pattern)))
        {
            var before = patterns.Where(other => SubjectPattern.MostSpecificFirst.Compare(other.Pattern!, pattern.Pattern!) < 0 && other.Pattern!.Overlaps(pattern.Pattern!)).ToList();
            if (!PatternSet.CoveredByUnion(pattern.Pattern!, before.Select(other => other.Pattern!)))
                continue;
            var takers = string.Join(", ", PatternSet.MinimalCover(before.Select(other => other.Pattern!)).Select(other => $"'{other.Text}'"));
            report(Diagnostic.Create(
                Descriptors.NATS0202_ShadowedPattern,
                pattern.Location,
                $"Every subject of '{pattern.Text}' matches a more specific pattern of the class: {takers}. Remove it, or handle less with the others."));
        }
    }
}
