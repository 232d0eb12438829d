using Microsoft.CodeAnalysis;
using Nats.Consumer.Analyzers.Naming;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Analyzers.Migration;

/// <summary>NATS0610: what must follow when a handled subject gets dots, as far as this project shows it: publishers, streams, consumers and filters.</summary>
internal static class WireChange
{
    /// <param name="sites">All subjects of the project.</param>
    /// <param name="report">Takes the findings.</param>
    public static void Judge(IReadOnlyList<SubjectSite> sites, Action<Diagnostic> report)
    {
        foreach (var handler in sites.Where(site => site is { Role: SubjectRole.Handler, IsBridge: false }))
        {
            if (Separators.InsteadOfDots(handler, NatsOptions.DefaultForbiddenSeparators) is not var (_, _, dotted) || !SubjectPattern.TryParse(dotted, out var after, out _) || handler.Pattern is not { } before)
                continue;
            var touched = sites.Where(site => IsTouched(site, before, after)).ToList();
            var parts = Parts(touched).ToList();
            var what = parts.Count == 0
                ? "nothing in this project, so look where the subject is published and captured."
                : $"{string.Join(", ", parts)}. Other projects and services that use the subject must follow, too.";
            report(Diagnostic.Create(Descriptors.NATS0610_WireChange, handler.Location, touched.Select(site => site.Location), handler.Text, dotted, what));
        }
    }

    /// <summary>What has the old subject by name, or takes it and would not take the new one.</summary>
    private static bool IsTouched(SubjectSite site, SubjectPattern before, SubjectPattern after) => site.Role switch
    {
        SubjectRole.Publish => site.Text == before.Text,
        SubjectRole.Stream or SubjectRole.Consumer or SubjectRole.Filter => site is { IsBridge: false, Pattern: { } pattern } && pattern.Covers(before) && !pattern.Covers(after),
        _ => false,
    };

    private static IEnumerable<string> Parts(IEnumerable<SubjectSite> touched) => touched
        .GroupBy(site => site.Role switch { SubjectRole.Publish => "published", SubjectRole.Stream => "captured by a stream", SubjectRole.Consumer => "taken by a consumer", _ => "in a filter" })
        .OrderBy(role => role.Key, StringComparer.Ordinal)
        .Select(role => $"it is {role.Key} ({string.Join(", ", role.Select(Where).Distinct())})");

    private static string Where(SubjectSite site)
    {
        var span = site.Location.GetLineSpan();
        return $"{System.IO.Path.GetFileName(span.Path)}:{span.StartLinePosition.Line + 1}";
    }
}
