using Microsoft.CodeAnalysis;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Analyzers.Consumers;

/// <summary>
/// NATS0507: harmless for a consumer class, because the runtime asks the server for the minimal cover. The server itself refuses such filters (10138), and so those
/// of a consumer that is made by hand.
/// </summary>
internal sealed class RedundantConsumerSubject() : SubjectListRule(Descriptors.NATS0507_RedundantConsumerSubject)
{
    public override void Judge(SubjectList list, Action<Diagnostic> report)
    {
        if (list.Role is not (SubjectRole.Consumer or SubjectRole.Filter))
            return;
        var sites = list.Sites.Where(site => site.Pattern is not null).ToList();
        var all = new PatternTrie(sites.Select(site => site.Pattern!));
        var seen = new HashSet<SubjectPattern>();
        foreach (var site in sites)
        {
            var isRepeated = !seen.Add(site.Pattern!);
            if (!isRepeated && !all.CoversByOne(site.Pattern!, except: site.Pattern))
                continue;
            var cover = sites.First(other => other != site && other.Pattern!.Covers(site.Pattern!));
            if (list.Role == SubjectRole.Filter)
                report(WithRemoval(site, DiagnosticSeverity.Error, removable: true, site.Text, cover.Text, ", and the server refuses such filters (10138)"));
            else
                report(WithRemoval(site, Descriptor.DefaultSeverity, removable: true, site.Text, cover.Text, ""));
        }
    }
}
