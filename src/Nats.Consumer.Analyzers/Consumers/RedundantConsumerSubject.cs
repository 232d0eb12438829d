using Microsoft.CodeAnalysis;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Analyzers.Consumers;

/// <summary>NATS0507: harmless, because the runtime asks the server for the minimal cover; the server itself refuses such filters (10138).</summary>
internal sealed class RedundantConsumerSubject() : SubjectListRule(Descriptors.NATS0507_RedundantConsumerSubject)
{
    public override void Judge(SubjectList list, Action<Diagnostic> report)
    {
        if (list.Role != SubjectRole.Consumer)
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
            report(WithRemoval(site, removable: true, site.Text, cover.Text));
        }
    }
}
