using Microsoft.CodeAnalysis;

namespace Nats.Consumer.Analyzers.Naming;

/// <summary>NATS0101: <c>orders-created</c>.</summary>
internal sealed class SeparatorInsteadOfDot() : NamingRule(Descriptors.NATS0101_SeparatorInsteadOfDot)
{
    protected override void JudgeName(SubjectSite site, NatsOptions options, Action<Diagnostic> report)
    {
        if (!site.IsBridge && Separators.InsteadOfDots(site, options.ForbiddenSeparators) is var (separator, _, dotted))
            report(WithReplacement(site, site.Location, dotted, site.Text, separator, dotted));
    }
}
