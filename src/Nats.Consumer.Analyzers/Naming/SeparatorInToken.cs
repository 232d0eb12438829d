using Microsoft.CodeAnalysis;

namespace Nats.Consumer.Analyzers.Naming;

/// <summary>NATS0102: <c>orders.pre-order.created</c>. The server's own documentation has such tokens, so this is a hint and no more.</summary>
internal sealed class SeparatorInToken() : NamingRule(Descriptors.NATS0102_SeparatorInToken)
{
    protected override void JudgeName(SubjectSite site, NatsOptions options, Action<Diagnostic> report)
    {
        if (site.Text.IndexOf('.') < 0)
            return;
        var separators = options.ForbiddenSeparators.ToCharArray();
        foreach (var (token, position) in site.Words)
        {
            var index = token.IndexOfAny(separators);
            if (index >= 0)
                report(At(site.LocationOf(position, token.Length), token, site.Text, token[index]));
        }
    }
}
