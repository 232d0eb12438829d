using Microsoft.CodeAnalysis;
using Nats.Consumer.Analyzers.Syntax;

namespace Nats.Consumer.Analyzers.Naming;

/// <summary>
/// A rule of taste: it judges what is valid, not reserved, and not exempted by <c>nats_toolkit.allowed_subjects</c>. The toolkit's own dead letters have their
/// subjects from somebody else.
/// </summary>
internal abstract class NamingRule(DiagnosticDescriptor descriptor) : SubjectRule(descriptor)
{
    public sealed override void Judge(SubjectSite site, NatsOptions options, Action<Diagnostic> report)
    {
        if (IsJudged(site, options))
            JudgeName(site, options, report);
    }

    public static bool IsJudged(SubjectSite site, NatsOptions options) =>
        site.Error is null && !ReservedSubject.IsReserved(site) && !site.Text.StartsWith("dead-letters.", StringComparison.Ordinal) && !options.Allows(site);

    protected abstract void JudgeName(SubjectSite site, NatsOptions options, Action<Diagnostic> report);
}
