using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nats.Consumer.Analyzers;

/// <summary>Takes the elements that were reported out of their collection expression or initializer.</summary>
public abstract class RemoveElement : DocumentFix
{
    private protected RemoveElement(string ruleId, string equivalenceKey)
        : base(ruleId, equivalenceKey)
    {
    }

    private protected sealed override string? TitleFor(Diagnostic diagnostic, SyntaxNode root) =>
        Find(diagnostic, root) is null ? null : Removal.TitleOf(diagnostic);

    private protected sealed override Task<Document> FixAsync(Document document, SyntaxNode root, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        var gone = new HashSet<SyntaxNode>(diagnostics.SelectMany(diagnostic => Gone(diagnostic, Find(diagnostic, root)!)));
        var lists = gone.Select(element => element.Parent!).Distinct();
        return Task.FromResult(document.WithSyntaxRoot(root.ReplaceNodes(lists, (list, _) => list switch
        {
            CollectionExpressionSyntax collection => collection.WithElements(Without(collection.Elements, gone)),
            InitializerExpressionSyntax initializer => initializer.WithExpressions(Without(initializer.Expressions, gone)),
            _ => list,
        })));
    }

    /// <summary>What is kept keeps its comma and comment; the ends of the list keep the white space that they had.</summary>
    private static SeparatedSyntaxList<T> Without<T>(SeparatedSyntaxList<T> list, HashSet<SyntaxNode> gone)
        where T : SyntaxNode
    {
        var kept = new List<SyntaxNodeOrToken>();
        var hasTrailingComma = list.SeparatorCount == list.Count;
        for (var i = 0; i < list.Count; i++)
        {
            if (gone.Contains(list[i]))
                continue;
            kept.Add(list[i]);
            if (i < list.SeparatorCount)
                kept.Add(list.GetSeparator(i));
        }
        if (kept.Count > 0 && !hasTrailingComma && kept[kept.Count - 1].IsToken)
            kept.RemoveAt(kept.Count - 1);
        if (kept.Count > 0)
        {
            kept[0] = kept[0].WithLeadingTrivia(list[0].GetLeadingTrivia());
            if (!hasTrailingComma)
                kept[kept.Count - 1] = kept[kept.Count - 1].WithTrailingTrivia(list[list.Count - 1].GetTrailingTrivia());
        }
        return SyntaxFactory.SeparatedList<T>(kept);
    }

    private static IEnumerable<SyntaxNode> Gone(Diagnostic diagnostic, SyntaxNode element) =>
        Removal.IsWithFollowing(diagnostic) ? element.Parent!.ChildNodes().Where(other => other.SpanStart >= element.SpanStart) : [element];

    private static SyntaxNode? Find(Diagnostic diagnostic, SyntaxNode root)
    {
        var node = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        return node.Parent switch
        {
            ExpressionElementSyntax { Parent: CollectionExpressionSyntax } element => element,
            InitializerExpressionSyntax initializer when initializer.IsKind(SyntaxKind.ArrayInitializerExpression) || initializer.IsKind(SyntaxKind.CollectionInitializerExpression) => node,
            _ => null,
        };
    }
}
