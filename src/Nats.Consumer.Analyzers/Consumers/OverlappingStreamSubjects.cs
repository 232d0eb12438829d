using Microsoft.CodeAnalysis;

namespace Nats.Consumer.Analyzers.Consumers;

/// <summary>NATS0506: what StreamRules of the runtime refuses, and the server (10052).</summary>
internal sealed class OverlappingStreamSubjects() : SubjectListRule(Descriptors.NATS0506_OverlappingStreamSubjects)
{
    public override void Judge(SubjectList list, Action<Diagnostic> report)
    {
        if (list.Role != SubjectRole.Stream)
            return;
        var judged = new List<SubjectSite>();
        var index = new PatternIndex([]);
        foreach (var site in list.Sites.Where(site => site.Pattern is not null))
        {
            var isAlone = !index.AnyOverlaps(site.Pattern!);
            index.Add(site.Pattern!);
            if (isAlone)
            {
                judged.Add(site);
                continue;
            }
            // The narrower one goes, every one of them; of two that only cross, a person must choose.
            var narrower = judged.Where(other => site.Pattern!.Covers(other.Pattern!) && !other.Pattern!.Covers(site.Pattern)).ToList();
            foreach (var other in narrower)
            {
                judged.Remove(other);
                report(WithRemoval(other, Descriptor.DefaultSeverity, removable: true, other.Pattern!.Wire, site.Pattern!.Wire));
            }
            if (judged.FirstOrDefault(other => other.Pattern!.Overlaps(site.Pattern!)) is { } first)
                report(WithRemoval(site, Descriptor.DefaultSeverity, first.Pattern!.Covers(site.Pattern!), first.Pattern!.Wire, site.Pattern!.Wire));
            else
                judged.Add(site);
        }
    }
}
