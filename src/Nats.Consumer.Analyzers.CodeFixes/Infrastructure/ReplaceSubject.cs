using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Nats.Consumer.Analyzers;

/// <summary>Writes the subject that the rule proposes into the literal. Constants that are declared elsewhere are left alone: others may use them.</summary>
public abstract class ReplaceSubject : DocumentFix
{
    private readonly string _title;

    private protected ReplaceSubject(string ruleId, string equivalenceKey, string title)
        : base(ruleId, equivalenceKey) => _title = title;

    private protected sealed override string? TitleFor(Diagnostic diagnostic, SyntaxNode root) =>
        Literal(diagnostic, root, out var text) is null ? null : string.Format(CultureInfo.InvariantCulture, _title, text);

    private protected sealed override async Task<Document> FixAsync(
        Document document, SyntaxNode root, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        var source = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        var changes = new Dictionary<TextSpan, TextChange>();
        foreach (var diagnostic in diagnostics)
        {
            var literal = Literal(diagnostic, root, out var text)!;
            changes[literal.Span] = new TextChange(literal.Span, Rewrite(literal.Token, text));
        }
        return document.WithText(source.WithChanges(changes.Values.OrderBy(change => change.Span.Start)));
    }

    private static LiteralExpressionSyntax? Literal(Diagnostic diagnostic, SyntaxNode root, out string text) =>
        Replacement.TryRead(diagnostic, out text, out var span) && root.FullSpan.Contains(span)
            ? root.FindNode(span, getInnermostNodeForTie: true) as LiteralExpressionSyntax
            : null;

    /// <summary>The kind of literal stays where the text stands in it as it is.</summary>
    private static string Rewrite(SyntaxToken token, string text)
    {
        var old = token.ValueText;
        var start = old.Length == 0 ? -1 : token.Text.IndexOf(old, StringComparison.Ordinal);
        return start < 0 ? SymbolDisplay.FormatLiteral(text, quote: true) : token.Text.Substring(0, start) + text + token.Text.Substring(start + old.Length);
    }
}
