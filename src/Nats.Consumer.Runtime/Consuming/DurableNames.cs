using System.Globalization;
using System.Text;

namespace Nats.Consumer.Consuming;

/// <summary>
/// Names a durable after the application and the class, so that unlike pairs never get the same name: a dot becomes <c>-</c>, other characters that are no letter or
/// digit of ASCII become <c>_</c> and their code, and two dashes stand between application and class.
/// </summary>
internal static class DurableNames
{
    public static string Derive(string application, string className) => $"{Escape(application)}--{Escape(className)}";

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            bool singleDot = c == '.' && i > 0 && i < text.Length - 1 && text[i - 1] != '.';
            if (singleDot)
                escaped.Append('-');
            else if (char.IsAsciiLetterOrDigit(c))
                escaped.Append(c);
            else
                escaped.Append('_').Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
        }

        return escaped.ToString();
    }
}
