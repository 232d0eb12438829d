using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nats.Consumer.Analyzers.Migration;

/// <summary>Lets a fallback take a FallbackReason. What comes to it stays the same.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class TextualReasonFix() : SolutionWideFix("NATS0607", "NATS0607_UseFallbackReason", "Take a FallbackReason")
{
    private protected override Task<bool> CanFixAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken) =>
        Task.FromResult(diagnostic.Properties.ContainsKey(TextualReason.CanRewrite));

    private protected override async Task<Solution> FixAsync(Solution solution, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        var edits = new SolutionEdits(solution);
        foreach (var diagnostic in diagnostics.Where(diagnostic => diagnostic.Properties.ContainsKey(TextualReason.CanRewrite)))
        {
            var tree = diagnostic.Location.SourceTree!;
            var model = await solution.GetDocument(tree)!.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
            var method = (await tree.GetRootAsync(cancellationToken).ConfigureAwait(false)).FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<MethodDeclarationSyntax>()!;
            if (ConventionFallback.Read(model!.GetDeclaredSymbol(method, cancellationToken)!.ContainingType, _ => model, cancellationToken) is { } fallback)
                Rewrite(edits, fallback, model);
        }
        return await edits.ApplyAsync(cancellationToken).ConfigureAwait(false);
    }

    internal static void Rewrite(SolutionEdits edits, ConventionFallback fallback, SemanticModel? model)
    {
        var type = fallback.Reason.Type!;
        var name = Scope.NameOf("FallbackReason", model, type.SpanStart);
        edits.Replace(type.SyntaxTree, type.Span, name);
        foreach (var constant in fallback.Constants)
            edits.Replace(constant.SyntaxTree, constant.Span, $"{name}.NoHandler");
    }
}
