using Microsoft.CodeAnalysis;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Analyzers.Syntax;

/// <summary>NATS0001: what the algebra refuses, apart from wildcards in wrong places, which have rules of their own.</summary>
internal sealed class InvalidSubject() : SubjectRule(Descriptors.NATS0001_InvalidSubject)
{
    public override void Judge(SubjectSite site, NatsOptions options, Action<Diagnostic> report)
    {
        if (site.Error is not { Code: not (SubjectErrorCode.PartialWildcard or SubjectErrorCode.WildcardInSubject) } error)
            return;
        report(WithReplacement(site, site.LocationOf(error.Position, error.Length), Tidied(site), error.Message));
    }

    /// <summary>Without white space around tokens and without empty tokens, if that is all that is wrong.</summary>
    private static string? Tidied(SubjectSite site)
    {
        var tidy = string.Join(".", site.Text.Split('.').Select(token => token.Trim()).Where(token => token.Length > 0));
        var works = site.IsPattern ? SubjectPattern.TryParse(tidy, out _, out _) : Subject.TryValidate(tidy.AsSpan(), out _);
        return works ? tidy : null;
    }
}
