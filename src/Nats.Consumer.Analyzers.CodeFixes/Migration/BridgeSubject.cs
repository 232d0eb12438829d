using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Analyzers.Migration;

/// <summary>Puts the subject with dots before the old one, in [Handle] and in lists, so that both are taken until publishers have followed.</summary>
internal sealed class BridgeSubject() : DocumentFix("NATS0101", "NATS0101_Bridge")
{
    private protected override string? TitleFor(Diagnostic diagnostic, SyntaxNode root) =>
        Element(diagnostic, root, out var text) is { } element && !IsTaken(text, element) ? $"Take \"{text}\", too (a bridge)" : null;

    private protected override async Task<Document> FixAsync(Document document, SyntaxNode root, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        var source = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        var changes = diagnostics.Select(diagnostic => new TextChange(new TextSpan(Element(diagnostic, root, out var text)!.SpanStart, 0), $"{SymbolDisplay.FormatLiteral(text, quote: true)}, "));
        return document.WithText(source.WithChanges(changes.OrderBy(change => change.Span.Start)));
    }

    private static SyntaxNode? Element(Diagnostic diagnostic, SyntaxNode root, out string text)
    {
        if (!Replacement.TryRead(diagnostic, out text, out var span) || !root.FullSpan.Contains(span))
            return null;
        var literal = root.FindNode(span, getInnermostNodeForTie: true);
        return literal.Parent switch
        {
            AttributeArgumentSyntax { NameEquals: null, NameColon: null, Parent.Parent: AttributeSyntax { Name: var name } } when IsHandle(name) => literal,
            ExpressionElementSyntax { Parent: CollectionExpressionSyntax } => literal,
            InitializerExpressionSyntax initializer when initializer.IsKind(SyntaxKind.ArrayInitializerExpression) || initializer.IsKind(SyntaxKind.CollectionInitializerExpression) => literal,
            _ => null,
        };
    }

    /// <summary>Whether what stands beside it takes the new one already, as <c>orders.></c> does. A stream may not capture it twice.</summary>
    private static bool IsTaken(string text, SyntaxNode element) => SubjectPattern.TryParse(text, out var subject, out _) && element.Parent!.Parent!.DescendantNodes().OfType<LiteralExpressionSyntax>().Any(
        literal => literal != element && SubjectPattern.TryParse(literal.Token.Value as string, out var other, out _) && other.Covers(subject));

    private static bool IsHandle(NameSyntax name) => name.ToString().Split('.').Last() is "Handle" or "HandleAttribute";
}
