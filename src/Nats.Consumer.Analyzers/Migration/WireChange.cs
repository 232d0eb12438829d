using Microsoft.CodeAnalysis;
using Nats.Consumer.Analyzers.Naming;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Analyzers.Migration;

/// <summary>NATS0610: what must follow when a handled subject gets dots, as far as this project shows it: publishers, streams, consumers and filters, and the same text elsewhere.</summary>
internal static class WireChange
{
    /// <param name="sites">All subjects of the project.</param>
    /// <param name="texts">Its other literals.</param>
    /// <param name="report">Takes the findings.</param>
    public static void Judge(IReadOnlyList<SubjectSite> sites, PlainTexts texts, Action<Diagnostic> report)
    {
        foreach (var handler in sites.Where(site => site is { Role: SubjectRole.Handler, IsBridge: false }))
        {
            if (Separators.InsteadOfDots(handler, NatsOptions.DefaultForbiddenSeparators) is not var (_, _, dotted) || !SubjectPattern.TryParse(dotted, out var after, out _) || handler.Pattern is not { } before)
                continue;
            var touched = sites.Where(site => IsTouched(site, before, after)).ToList();
            var alike = texts.Of(handler.Text, sites).ToList();
            var parts = Parts(touched).ToList();
            report(Diagnostic.Create(Descriptors.NATS0610_WireChange, handler.Location, touched.Select(site => site.Location).Concat(alike), handler.Text, dotted, What(parts, alike)));
        }
    }

    private static string What(List<string> parts, List<Location> alike)
    {
        List<string> said = [];
        if (parts.Count > 0)
            said.Add($"In this project it is {string.Join(", ", parts)}; that must follow, and so must other projects and services");
        if (alike.Count > 0)
            said.Add($"No rule knows what the same text is in {Places(alike)}: change it there, too, where it is the subject");
        return said.Count > 0 ? string.Join(". ", said) : "Nothing else in this project uses the subject: look where it is published and captured";
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
        .Select(role => $"{role.Key} ({Places(role.Select(site => site.Location))})");

    private static string Places(IEnumerable<Location> locations) => string.Join(", ", locations.Select(Place).Distinct());

    private static string Place(Location location)
    {
        var span = location.GetLineSpan();
        return $"{System.IO.Path.GetFileName(span.Path)}:{span.StartLinePosition.Line + 1}";
    }
}
