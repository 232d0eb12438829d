using Microsoft.CodeAnalysis;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Analyzers.Consumers;

/// <summary>NATS0508: a stream on <c>></c> or <c>*.created</c>.</summary>
internal sealed class LeadingWildcard() : SubjectRule(Descriptors.NATS0508_LeadingWildcard)
{
    public override void Judge(SubjectSite site, NatsOptions options, Action<Diagnostic> report)
    {
        if (site.Role == SubjectRole.Stream && site.Pattern is { } pattern && pattern.Tokens[0].Kind != SubjectTokenKind.Literal)
            report(At(site.Location, site.Text, pattern.Wire == ">" ? "2.10" : "2.15"));
    }
}
