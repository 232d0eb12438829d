using Microsoft.CodeAnalysis;

namespace Nats.Consumer.Analyzers.Naming;

/// <summary>NATS0103: <c>Orders.Created</c>. Parameters keep their letters: they are names of C#.</summary>
internal sealed class UpperCase() : NamingRule(Descriptors.NATS0103_UpperCase)
{
    protected override void JudgeName(SubjectSite site, NatsOptions options, Action<Diagnostic> report)
    {
        var lower = site.Text.ToCharArray();
        foreach (var (token, position) in site.Words)
            token.ToLowerInvariant().CopyTo(0, lower, position, token.Length);
        if (!lower.SequenceEqual(site.Text))
            report(WithReplacement(site, site.Location, new string(lower), site.Text, new string(lower)));
    }
}
