using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Analyzers.Consumers;

/// <summary>NATS0508: a stream on <c>></c> or <c>*.created</c>. The server takes it where the stream sends no acknowledgement; who states that knows.</summary>
internal sealed class LeadingWildcard() : SubjectRule(Descriptors.NATS0508_LeadingWildcard)
{
    public override void Judge(SubjectSite site, NatsOptions options, Action<Diagnostic> report)
    {
        if (site.Role == SubjectRole.Stream && site.Pattern is { } pattern && pattern.Tokens[0].Kind != SubjectTokenKind.Literal && !SendsNoAck(site.Syntax))
            report(At(site.Location, site.Text, pattern.Wire == ">" ? "2.10" : "2.15"));
    }

    private static bool SendsNoAck(SyntaxNode subject) => subject.Ancestors().OfType<InitializerExpressionSyntax>().Any(initializer =>
        initializer.Expressions.OfType<AssignmentExpressionSyntax>().Any(assignment => assignment.Left.ToString() == "NoAck" && !assignment.Right.IsKind(SyntaxKind.FalseLiteralExpression)));
}
