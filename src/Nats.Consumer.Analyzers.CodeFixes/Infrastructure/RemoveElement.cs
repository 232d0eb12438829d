using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nats.Consumer.Analyzers;

/// <summary>Takes the elements that were reported out of their collection expression, initializer or attribute.</summary>
public abstract class RemoveElement : DocumentFix
{
    private protected RemoveElement(string ruleId, string equivalenceKey)
        : base(ruleId, equivalenceKey)
    {
    }

    private protected sealed override string? TitleFor(Diagnostic diagnostic, SyntaxNode root) =>
        Find(diagnostic, root) is { } element && !Trivia.HasDirectiveWithin(element.Parent!) && !LeavesNoType(diagnostic, element) ? TitleOf(diagnostic, element) : null;

    private protected virtual string? TitleOf(Diagnostic diagnostic, SyntaxNode element) => Removal.TitleOf(diagnostic);

    private protected sealed override Task<Document> FixAsync(Document document, SyntaxNode root, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        var gone = new HashSet<SyntaxNode>(diagnostics.SelectMany(diagnostic => Gone(diagnostic, Find(diagnostic, root)!)));
        var lists = gone.Select(element => element.Parent!).Distinct();
        return Task.FromResult(document.WithSyntaxRoot(root.ReplaceNodes(lists, (list, _) => list switch
        {
            CollectionExpressionSyntax collection => collection.WithElements(Elements.Without(collection.Elements, gone)),
            InitializerExpressionSyntax initializer => initializer.WithExpressions(Elements.Without(initializer.Expressions, gone)),
            AttributeArgumentListSyntax arguments => arguments.WithArguments(Elements.Without(arguments.Arguments, gone)),
            _ => list,
        })));
    }

    private static IEnumerable<SyntaxNode> Gone(Diagnostic diagnostic, SyntaxNode element) =>
        Removal.IsWithFollowing(diagnostic) ? element.Parent!.ChildNodes().Where(other => other.SpanStart >= element.SpanStart) : [element];

    /// <summary>Of <c>new[] { }</c> nobody knows the type.</summary>
    private static bool LeavesNoType(Diagnostic diagnostic, SyntaxNode element) =>
        element.Parent is InitializerExpressionSyntax { Parent: ImplicitArrayCreationExpressionSyntax } initializer && Gone(diagnostic, element).Count() == initializer.Expressions.Count;

    private static SyntaxNode? Find(Diagnostic diagnostic, SyntaxNode root)
    {
        var node = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        return node.Parent switch
        {
            ExpressionElementSyntax { Parent: CollectionExpressionSyntax } element => element,
            AttributeArgumentSyntax argument => argument,
            InitializerExpressionSyntax initializer when initializer.IsKind(SyntaxKind.ArrayInitializerExpression) || initializer.IsKind(SyntaxKind.CollectionInitializerExpression) => node,
            _ => null,
        };
    }
}
