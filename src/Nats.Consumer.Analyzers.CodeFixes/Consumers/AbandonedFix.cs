using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace Nats.Consumer.Analyzers.Consumers;

[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AbandonedFix() : EditNodes("NATS0511", "NATS0511_UseDeadLetter")
{
    private protected override string? TitleFor(Diagnostic diagnostic, SyntaxNode root) =>
        Node(diagnostic, root) is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Nak" } ? "Use DeadLetter" : null;

    private protected override void Edit(SyntaxEditor editor, SyntaxNode node, Diagnostic diagnostic)
    {
        var name = ((MemberAccessExpressionSyntax)node).Name;
        editor.ReplaceNode(name, SyntaxFactory.IdentifierName("DeadLetter").WithTriviaFrom(name));
    }
}
