using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Editing;

namespace Nats.Consumer.Analyzers.Handlers;

[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class TokenNotPassedFix() : EditNodes("NATS0304", "NATS0304_PassToken")
{
    private protected override string? TitleFor(Diagnostic diagnostic, SyntaxNode root) => Replacement.TryRead(diagnostic, out var token, out _) ? $"Pass '{token}'" : null;

    private protected override void Edit(SyntaxEditor editor, SyntaxNode node, Diagnostic diagnostic)
    {
        if (Replacement.TryRead(diagnostic, out var token, out _))
            editor.ReplaceNode(node, SyntaxFactory.ParseExpression(Names.Escaped(token)).WithTriviaFrom(node));
    }
}
