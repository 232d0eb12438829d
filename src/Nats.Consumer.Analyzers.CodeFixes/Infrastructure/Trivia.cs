using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Nats.Consumer.Analyzers;

/// <summary>What stands between the words of the code: comments are kept, and what depends on <c>#if</c> is left to a person.</summary>
internal static class Trivia
{
    public static bool IsComment(SyntaxTrivia trivia) => trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia;

    public static bool HasComment(SyntaxTriviaList list) => list.Any(IsComment);

    /// <summary>Whether there is an <c>#if</c>, a <c>#region</c> or the like within a node; what stands before and behind it does not count.</summary>
    public static bool HasDirectiveWithin(SyntaxNode node) => node.DescendantTrivia(descendIntoTrivia: false).Any(trivia => trivia.IsDirective && node.Span.Contains(trivia.SpanStart));

    /// <summary>The comments of a list go, with the white space before them.</summary>
    public static SyntaxTriviaList WithoutComments(SyntaxTriviaList list) => !HasComment(list) ? list : [.. list.SkipWhile(trivia => !trivia.IsKind(SyntaxKind.EndOfLineTrivia))];
}
