using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;

namespace Nats.Consumer.Analyzers.Handlers;

/// <summary>Adds the parameter. Where to pass it is then CA2016, which has a fix of its own.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class NoTokenFix() : EditNodes("NATS0305", "NATS0305_AddToken")
{
    internal static void AddToken(SyntaxEditor editor, SyntaxNode method)
    {
        var type = SyntaxFactory.ParseTypeName("System.Threading.CancellationToken").WithAdditionalAnnotations(Simplifier.Annotation);
        editor.AddParameter(method, editor.Generator.ParameterDeclaration("cancellationToken", type));
    }

    private protected override string? TitleFor(Diagnostic diagnostic, SyntaxNode root) =>
        diagnostic.Properties.ContainsKey(NoToken.CanAdd) && Node(diagnostic, root) is MethodDeclarationSyntax ? "Add parameter 'cancellationToken'" : null;

    private protected override void Edit(SyntaxEditor editor, SyntaxNode node, Diagnostic diagnostic) => AddToken(editor, node);
}
