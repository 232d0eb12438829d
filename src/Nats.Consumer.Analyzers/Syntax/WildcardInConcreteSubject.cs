using Microsoft.CodeAnalysis;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Analyzers.Syntax;

/// <summary>NATS0003: a message goes to one subject, and the server stores <c>orders.*</c> under that very name.</summary>
internal sealed class WildcardInConcreteSubject() : SubjectRule(Descriptors.NATS0003_WildcardInConcreteSubject)
{
    public override void Judge(SubjectSite site, NatsOptions options, Action<Diagnostic> report)
    {
        if (site.Error is { Code: SubjectErrorCode.WildcardInSubject } error)
            report(At(site.LocationOf(error.Position, error.Length), error.Message));
    }
}
