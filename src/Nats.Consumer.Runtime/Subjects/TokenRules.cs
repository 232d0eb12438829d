using System;
using System.Globalization;

namespace Nats.Consumer.Subjects;

/// <summary>What holds for every token, in patterns as in concrete subjects.</summary>
internal static class TokenRules
{
    /// <summary>Judges emptiness and characters of the token at <paramref name="position"/>.</summary>
    public static SubjectError? Check(ReadOnlySpan<char> subject, int position, ReadOnlySpan<char> token)
    {
        if (token.IsEmpty)
            return SubjectErrors.Missing(subject, position);
        for (var i = position; i < position + token.Length; i++)
        {
            var c = subject[i];
            if (c > ' ' && c < '\u007f')
                continue;
            if (char.IsWhiteSpace(c))
                return SubjectErrors.WhiteSpace(subject, i);
            if (char.IsControl(c))
                return SubjectErrors.ControlCharacter(subject, i);
            if (SubjectText.IsUnpairedSurrogate(subject, i))
                return SubjectErrors.UnpairedSurrogate(subject, i);
        }
        return null;
    }

    public static bool IsWildcard(ReadOnlySpan<char> token) => token.Length == 1 && (token[0] == '*' || token[0] == '>');

    /// <summary>
    /// Index of the first character that keeps the name from being a C# identifier, -1 if there is none.
    /// Keywords pass: <c>{event}</c> binds to <c>@event</c>, whose name is <c>event</c>.
    /// </summary>
    public static int IndexOfNonIdentifier(ReadOnlySpan<char> name)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (!IsIdentifier(name[i], first: i == 0))
                return i;
        }
        return -1;
    }

    private static bool IsIdentifier(char c, bool first) => char.GetUnicodeCategory(c) switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber => true,
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark => !first,
        UnicodeCategory.ConnectorPunctuation => c == '_' || !first,
        _ => false,
    };
}
