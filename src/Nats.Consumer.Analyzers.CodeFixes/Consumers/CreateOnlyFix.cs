using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace Nats.Consumer.Analyzers.Consumers;

[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class CreateOnlyFix() : EditNodes("NATS0509", "NATS0509_CreateOrUpdate")
{
    private protected override string? TitleFor(Diagnostic diagnostic, SyntaxNode root) => Name(Node(diagnostic, root)) is null ? null : "Use CreateOrUpdate";

    private protected override void Edit(SyntaxEditor editor, SyntaxNode node, Diagnostic diagnostic)
    {
        var name = Name(node)!;
        editor.ReplaceNode(name, SyntaxFactory.IdentifierName("CreateOrUpdate").WithTriviaFrom(name));
    }

    private static SimpleNameSyntax? Name(SyntaxNode node) => node is not InvocationExpressionSyntax call
        ? null
        : call.Expression switch
        {
            MemberAccessExpressionSyntax member => member.Name,
            _ => null, // using static: CreateOrUpdate might be something else there
        };
}
