using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;

namespace Nats.Consumer.Analyzers.Handlers;

[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class NotAHandlerClassFix() : EditNodes("NATS0302", "NATS0302_AddBaseClass")
{
    private protected override string? TitleFor(Diagnostic diagnostic, SyntaxNode root) =>
        diagnostic.Properties.ContainsKey(NotAHandlerClass.CanDerive) && Node(diagnostic, root) is ClassDeclarationSyntax ? "Derive from ConsumerHandler" : null;

    private protected override void Edit(SyntaxEditor editor, SyntaxNode node, Diagnostic diagnostic) => editor.ReplaceNode(node, (current, generator) =>
    {
        var type = SyntaxFactory.ParseTypeName("global::Nats.Consumer.ConsumerHandler").WithAdditionalAnnotations(Simplifier.Annotation);
        return generator.AddBaseType(current, type);
    });
}
