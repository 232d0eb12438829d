using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Nats.Consumer.Analyzers;

/// <summary>Lists with commas.</summary>
internal static class Elements
{
    /// <summary>What is kept keeps its comma and its comments; the ends of the list keep the white space that they had.</summary>
    public static SeparatedSyntaxList<T> Without<T>(SeparatedSyntaxList<T> list, HashSet<SyntaxNode> gone)
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
        if (kept.Count == 0)
            return default;

        if (!hasTrailingComma)
        {
            var end = Trivia.WithoutComments(list[list.Count - 1].GetTrailingTrivia());
            if (kept[kept.Count - 1] is { IsToken: true } comma)
            {
                kept.RemoveAt(kept.Count - 1);
                kept[kept.Count - 1] = kept[kept.Count - 1].WithTrailingTrivia(Trivia.HasComment(comma.GetTrailingTrivia()) ? comma.GetTrailingTrivia() : end);
            }
        }
        // A line of its own stays one, with the comments above.
        if (gone.Contains(list[0]) && !Trivia.HasComment(kept[0].GetLeadingTrivia()) && !Trivia.HasComment(list[0].GetLeadingTrivia()))
            kept[0] = kept[0].WithLeadingTrivia(list[0].GetLeadingTrivia());
        return SyntaxFactory.SeparatedList<T>(kept);
    }
}
