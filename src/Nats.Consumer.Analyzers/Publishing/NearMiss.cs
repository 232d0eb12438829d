using Nats.Consumer.Subjects;

namespace Nats.Consumer.Analyzers.Publishing;

/// <summary>
/// Whether a subject was surely meant for a pattern that it does not match: it has more or fewer tokens and is right otherwise, or one of its words is nearly the
/// right one, as <c>order</c> is for <c>orders</c>.
/// </summary>
internal static class NearMiss
{
    public static bool Is(SubjectPattern subject, SubjectPattern pattern)
    {
        var common = Math.Min(subject.Tokens.Length, pattern.FixedLength);
        var nearly = 0;
        for (var i = 0; i < common; i++)
        {
            if (!pattern.Tokens[i].Excludes(subject.Tokens[i]))
                continue;
            if (++nearly > 1 || !IsNearly(subject.Tokens[i].Text, pattern.Tokens[i].Text))
                return false;
        }
        // 'a' is not nearly '*.b', nor anything nearly '>': at least one word must have been right or nearly so.
        var hasWord = pattern.Tokens.Take(common).Any(token => token.Kind == SubjectTokenKind.Literal);
        var lengthFits = pattern.HasRest ? subject.Tokens.Length > pattern.FixedLength : subject.Tokens.Length == pattern.FixedLength;
        return hasWord && (nearly == 0 ? !lengthFits && subject.Tokens.Length >= pattern.FixedLength : lengthFits);
    }

    /// <summary>One mistake in a short word, two in a long one.</summary>
    private static bool IsNearly(string word, string right) => Distance(word, right) <= (Math.Min(word.Length, right.Length) switch { < 4 => 0, < 7 => 1, _ => 2 });

    /// <summary>Letters to add, to remove or to replace.</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var above = row[j];
                row[j] = one[i - 1] == other[j - 1] ? diagonal : 1 + Math.Min(diagonal, Math.Min(above, row[j - 1]));
                diagonal = above;
            }
        }
        return row[other.Length];
    }
}
