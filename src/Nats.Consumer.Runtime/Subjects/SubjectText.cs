using System;
using System.Globalization;
using System.Text;

namespace Nats.Consumer.Subjects;

/// <summary>Subjects and characters as messages show them: on one line and visible.</summary>
internal static class SubjectText
{
    public static string Quote(ReadOnlySpan<char> text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('\'');
        for (var i = 0; i < text.Length; i++)
        {
            if (IsVisible(text, i))
                quoted.Append(text[i]);
            else
                quoted.Append("\\u").Append(Hex(text[i]));
        }
        return quoted.Append('\'').ToString();
    }

    public static string CodePoint(char c) => "U+" + Hex(c);

    /// <summary>Whether UTF-16 has a half of a pair here without the other half next to it.</summary>
    public static bool IsUnpairedSurrogate(ReadOnlySpan<char> text, int index)
    {
        var c = text[index];
        if (char.IsHighSurrogate(c))
            return index + 1 == text.Length || !char.IsLowSurrogate(text[index + 1]);
        return char.IsLowSurrogate(c) && (index == 0 || !char.IsHighSurrogate(text[index - 1]));
    }

    private static bool IsVisible(ReadOnlySpan<char> text, int index)
    {
        var c = text[index];
        return c == ' ' || !(char.IsControl(c) || char.IsWhiteSpace(c) || IsUnpairedSurrogate(text, index));
    }

    private static string Hex(char c) => ((int)c).ToString("X4", CultureInfo.InvariantCulture);
}
