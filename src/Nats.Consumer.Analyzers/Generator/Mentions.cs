using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Nats.Consumer.Analyzers.Generator;

/// <summary>Whether a file may mean a type: whether its name stands there as a word, comments and strings included. That is quick, and errs on the side of caution.</summary>
internal static class Mentions
{
    private const string Suffix = "Attribute";

    /// <summary>Looks everywhere but in <paramref name="except"/>.</summary>
    public static bool IsIn(SyntaxTree tree, string name, TextSpan except, CancellationToken cancellationToken)
    {
        var text = tree.GetText(cancellationToken).ToString();
        return IsIn(text, name, except) || (name.Length > Suffix.Length && name.EndsWith(Suffix, StringComparison.Ordinal) && IsIn(text, name.Substring(0, name.Length - Suffix.Length), except));
    }

    private static bool IsIn(string text, string name, TextSpan except)
    {
        for (var at = text.IndexOf(name, StringComparison.Ordinal); at >= 0; at = text.IndexOf(name, at + name.Length, StringComparison.Ordinal))
        {
            if (!except.Contains(at) && IsEdge(text, at - 1) && IsEdge(text, at + name.Length))
                return true;
        }
        return false;
    }

    private static bool IsEdge(string text, int at) => at < 0 || at >= text.Length || !SyntaxFacts.IsIdentifierPartCharacter(text[at]);
}
