using Microsoft.CodeAnalysis;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Analyzers.Syntax;

/// <summary>NATS0002: <c>cre*</c> matches nothing but itself.</summary>
internal sealed class PartialWildcard() : SubjectRule(Descriptors.NATS0002_PartialWildcard)
{
    public override void Judge(SubjectSite site, NatsOptions options, Action<Diagnostic> report)
    {
        if (site.Error is { Code: SubjectErrorCode.PartialWildcard } error)
            report(WithReplacement(site, site.LocationOf(error.Position, error.Length), Whole(site), error.Message));
    }

    /// <summary>With a wildcard for each token that has one in it: <c>></c> at the end if that was meant, else <c>*</c>.</summary>
    private static string? Whole(SubjectSite site)
    {
        if (!site.IsPattern)
            return null;
        var tokens = site.Text.Split('.');
        var whole = string.Join(".", tokens.Select((token, i) => Whole(token, isLast: i == tokens.Length - 1)));
        return SubjectPattern.TryParse(whole, out _, out _) ? whole : null;
    }

    private static string Whole(string token, bool isLast)
    {
        if (token.IndexOfAny(['*', '>']) < 0)
            return token;
        return isLast && token[token.Length - 1] == '>' ? ">" : "*";
    }
}
