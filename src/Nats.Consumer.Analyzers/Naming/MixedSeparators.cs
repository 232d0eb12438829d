using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nats.Consumer.Analyzers.Migration;

namespace Nats.Consumer.Analyzers.Naming;

/// <summary>
/// NATS0106: <c>orders.created</c> here and <c>orders-updated</c> there. It needs the whole compilation; what is wrong with the second one alone is NATS0101,
/// which has the fix. The separators are those by default: this rule is for those who switched the other one off. What it collects is what <see cref="WireChange"/> needs, too.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MixedSeparators() : NatsAnalyzer(Descriptors.NATS0106_MixedSeparators, Descriptors.NATS0610_WireChange)
{
    private protected override void Register(CompilationStartAnalysisContext context, NatsSymbols symbols)
    {
        var sites = new ConcurrentBag<SubjectSite>();
        var texts = new PlainTexts();
        texts.Register(context);
        SubjectFinder.Register(context, symbols, (operation, list) =>
        {
            foreach (var site in list.Sites)
            {
                if (NamingRule.IsJudged(site, NatsOptions.For(operation, site.Syntax)))
                    sites.Add(site);
            }
        });
        context.RegisterCompilationEndAction(end =>
        {
            var ordered = SourceOrder.Of(sites, site => site.Location).ToList();
            Compare(end, ordered);
            WireChange.Judge(ordered, texts, end.ReportDiagnostic);
        });
    }

    private static void Compare(CompilationAnalysisContext context, IReadOnlyList<SubjectSite> sites)
    {
        var dotted = new Dictionary<string, SubjectSite>();
        var others = new List<(SubjectSite Site, char Separator, string Domain)>();
        foreach (var site in sites)
        {
            var first = site.Text.Split('.')[0];
            if (first.Length < site.Text.Length && !dotted.ContainsKey(first))
                dotted.Add(first, site);
            if (!site.IsBridge && Separators.InsteadOfDots(site, NatsOptions.DefaultForbiddenSeparators) is var (separator, position, _))
                others.Add((site, separator, site.Text.Substring(0, position)));
        }

        foreach (var (site, separator, domain) in others.Where(other => dotted.ContainsKey(other.Domain)))
        {
            var other = dotted[domain];
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.NATS0106_MixedSeparators, site.Location, [other.Location], site.Text, separator, other.Text, domain));
        }
    }
}
