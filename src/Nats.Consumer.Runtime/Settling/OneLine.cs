using System.Globalization;
using System.Text;

namespace Nats.Consumer.Settling;

/// <summary>Texts of errors, fit for a header or a protocol line.</summary>
internal static class OneLine
{
    public static string Of(string text, int atMost, string lineBreak)
    {
        string line = text.ReplaceLineEndings(lineBreak);
        if (line.Length <= atMost)
            return line;
        int end = char.IsHighSurrogate(line[atMost - 1]) ? atMost - 1 : atMost;
        return $"{line[..end]}…";
    }

    /// <summary>The text in ASCII, what is not ASCII as <c>\uXXXX</c>.</summary>
    public static string Escaped(string text) =>
        Ascii.IsValid(text) ? text : string.Concat(text.Select(c => char.IsAscii(c) ? c.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}")));
}
