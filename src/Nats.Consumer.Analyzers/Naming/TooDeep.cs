using Microsoft.CodeAnalysis;

namespace Nats.Consumer.Analyzers.Naming;

/// <summary>NATS0104: more tokens than <c>nats_toolkit.max_subject_depth</c>.</summary>
internal sealed class TooDeep() : NamingRule(Descriptors.NATS0104_TooDeep)
{
    protected override void JudgeName(SubjectSite site, NatsOptions options, Action<Diagnostic> report)
    {
        var depth = site.Text.Count(c => c == '.') + 1;
        if (depth > options.MaxSubjectDepth)
            report(At(site.Location, site.Text, depth, options.MaxSubjectDepth));
    }
}
