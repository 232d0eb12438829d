using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Nats.Consumer.Analyzers.Migration;

/// <summary>Takes the old subject away, with the comma beside it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class BridgeFix() : DocumentFix("NATS0611", "NATS0611_EndBridge")
{
    private protected override string? TitleFor(Diagnostic diagnostic, SyntaxNode root) => Find(diagnostic, root) is { } element ? $"Remove {element} (nobody may publish it any more)" : null;

    private protected override async Task<Document> FixAsync(Document document, SyntaxNode root, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        var source = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        var changes = diagnostics.Select(diagnostic => new TextChange(SpanOf(Find(diagnostic, root)!), ""));
        return document.WithText(source.WithChanges(changes.OrderBy(change => change.Span.Start)));
    }

    private static SyntaxNode? Find(Diagnostic diagnostic, SyntaxNode root)
    {
        var node = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        return node.Parent is AttributeArgumentSyntax or ExpressionElementSyntax ? node.Parent : node.Parent is InitializerExpressionSyntax ? node : null;
    }

    // From the comma before it, or, where it is the first, to the next element.
    private static TextSpan SpanOf(SyntaxNode element)
    {
        var before = element.GetFirstToken().GetPreviousToken();
        if (before.ValueText == ",")
            return TextSpan.FromBounds(before.SpanStart, element.Span.End);
        var after = element.GetLastToken().GetNextToken();
        return TextSpan.FromBounds(element.SpanStart, after.ValueText == "," ? after.GetNextToken().SpanStart : element.Span.End);
    }
}
