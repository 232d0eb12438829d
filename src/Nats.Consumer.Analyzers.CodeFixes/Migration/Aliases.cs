using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Nats.Consumer.Analyzers.Migration;

/// <summary><c>using Base = Nats.Consumer.ConventionHandler;</c> goes with the last class of its file that derived from <c>Base</c>.</summary>
internal sealed class Aliases
{
    private readonly Dictionary<UsingDirectiveSyntax, int> _gone = [];

    /// <summary>To be called for each name of a base class that is replaced.</summary>
    public void Replaced(TypeSyntax type, SemanticModel? model)
    {
        if (type is IdentifierNameSyntax name
            && model?.GetAliasInfo(name)?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is UsingDirectiveSyntax directive
            && directive.SyntaxTree == type.SyntaxTree
            && directive.GlobalKeyword.IsKind(SyntaxKind.None))
        {
            _gone[directive] = _gone.TryGetValue(directive, out var count) ? count + 1 : 1;
        }
    }

    public void RemoveUnused(SolutionEdits edits)
    {
        foreach (var (directive, count) in _gone.Select(pair => (pair.Key, pair.Value)))
        {
            var alias = directive.Alias!.Name.Identifier.ValueText;
            var uses = directive.SyntaxTree.GetRoot().DescendantNodes(descendIntoTrivia: true).OfType<IdentifierNameSyntax>().Count(name => name.Identifier.ValueText == alias && name.Parent != directive.Alias);
            if (uses == count && !Trivia.HasComment(directive.GetTrailingTrivia()))
                edits.Remove(directive.SyntaxTree, TextSpan.FromBounds(directive.SpanStart, directive.FullSpan.End));
        }
    }
}
