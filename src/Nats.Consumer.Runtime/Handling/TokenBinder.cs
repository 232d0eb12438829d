using System.Globalization;
using System.Text;
using Nats.Consumer.Routing;

namespace Nats.Consumer.Handling;

/// <summary>Reads the tokens of a subject into the parameters of a handler.</summary>
internal static class TokenBinder
{
    public static string ReadText(MessageContext message, Route route, string name) => Encoding.UTF8.GetString(Token(message, route, name));

    public static T Read<T>(MessageContext message, Route route, string name)
        where T : ISpanParsable<T>
    {
        ReadOnlySpan<byte> token = Token(message, route, name);
        Span<char> text = stackalloc char[256];
        ReadOnlySpan<char> chars = Encoding.UTF8.TryGetChars(token, text, out int length) ? text[..length] : Encoding.UTF8.GetString(token);
        return T.TryParse(chars, CultureInfo.InvariantCulture, out T? value)
            ? value
            : throw new TokenMismatchException($"The token '{chars}' of '{message.Subject}' is no {typeof(T).Name}, which '{{{name}}}' of '{route.Pattern.Text}' is bound to.");
    }

    private static ReadOnlySpan<byte> Token(MessageContext message, Route route, string name) =>
        Utf8Tokens.At(message.Current.SubjectUtf8, route.IndexOf(name));
}

/// <summary>A token is not of the type that the handler's parameter has; the message goes to the fallback.</summary>
internal sealed class TokenMismatchException(string message) : Exception(message);
