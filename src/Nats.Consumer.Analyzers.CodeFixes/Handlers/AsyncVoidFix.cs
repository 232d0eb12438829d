using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;

namespace Nats.Consumer.Analyzers.Handlers;

/// <summary><c>async void</c> becomes <c>async Task</c>; other signatures need a person.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AsyncVoidFix() : EditNodes("NATS0301", "NATS0301_ReturnTask")
{
    private protected override string? TitleFor(Diagnostic diagnostic, SyntaxNode root) =>
        diagnostic.Properties.ContainsKey(HandlerSignature.AsyncVoid) && Node(diagnostic, root) is MethodDeclarationSyntax ? "Return Task" : null;

    private protected override async Task<bool> CanFixAsync(Diagnostic diagnostic, Document document, SyntaxNode root, CancellationToken cancellationToken) =>
        !await MethodGroups.UseAsync((MethodDeclarationSyntax)Node(diagnostic, root), document, cancellationToken).ConfigureAwait(false);

    private protected override void Edit(SyntaxEditor editor, SyntaxNode node, Diagnostic diagnostic)
    {
        var type = ((MethodDeclarationSyntax)node).ReturnType;
        editor.ReplaceNode(type, SyntaxFactory.ParseTypeName("global::System.Threading.Tasks.Task").WithTriviaFrom(type).WithAdditionalAnnotations(Simplifier.Annotation));
    }
}
