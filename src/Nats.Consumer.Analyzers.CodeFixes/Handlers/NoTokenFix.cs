using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.FindSymbols;
using Microsoft.CodeAnalysis.Simplification;

namespace Nats.Consumer.Analyzers.Handlers;

/// <summary>Adds the parameter. Where to pass it is then CA2016, which has a fix of its own. A method that somebody calls, a test for example, gets it with a default value.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class NoTokenFix() : DocumentFix("NATS0305", "NATS0305_AddToken")
{
    internal static async Task<Document> AddTokensAsync(Document document, SyntaxNode root, IEnumerable<MethodDeclarationSyntax> methods, CancellationToken cancellationToken)
    {
        var editor = new SyntaxEditor(root, document.Project.Solution.Services);
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        foreach (var method in methods)
        {
            var called = model?.GetDeclaredSymbol(method, cancellationToken) is { } symbol
                && (await SymbolFinder.FindReferencesAsync(symbol, document.Project.Solution, cancellationToken).ConfigureAwait(false)).Any(found => found.Locations.Any());
            var type = SyntaxFactory.ParseTypeName("global::System.Threading.CancellationToken").WithAdditionalAnnotations(Simplifier.Annotation);
            var value = called ? SyntaxFactory.LiteralExpression(SyntaxKind.DefaultLiteralExpression) : null;
            editor.AddParameter(method, editor.Generator.ParameterDeclaration("cancellationToken", type, value));
        }
        return document.WithSyntaxRoot(editor.GetChangedRoot());
    }

    private protected override string? TitleFor(Diagnostic diagnostic, SyntaxNode root) =>
        diagnostic.Properties.ContainsKey(NoToken.CanAdd) && Method(diagnostic, root) is { } method && HasPlace(method) ? "Add parameter 'cancellationToken'" : null;

    private protected override async Task<bool> CanFixAsync(Diagnostic diagnostic, Document document, SyntaxNode root, CancellationToken cancellationToken) =>
        !await MethodGroups.UseAsync(Method(diagnostic, root)!, document, cancellationToken).ConfigureAwait(false);

    private protected override Task<Document> FixAsync(Document document, SyntaxNode root, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken) =>
        AddTokensAsync(document, root, diagnostics.Select(diagnostic => Method(diagnostic, root)!), cancellationToken);

    /// <summary>Which parameters there are must not depend on <c>#if</c>.</summary>
    internal static bool HasPlace(MethodDeclarationSyntax method) => !Trivia.HasDirectiveWithin(method.ParameterList);

    private static MethodDeclarationSyntax? Method(Diagnostic diagnostic, SyntaxNode root) => root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) as MethodDeclarationSyntax;
}
