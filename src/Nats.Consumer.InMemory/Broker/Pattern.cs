using System.Text;
using Nats.Consumer.Routing;

namespace Nats.Consumer.InMemory.Broker;

/// <summary>
/// A subject or pattern as the server understands it: a token is a wildcard only if it is <c>*</c> or a last <c>&gt;</c>; braces and half wildcards (<c>ord*</c>) are letters
/// like any other. The algebra of the runtime is stricter on purpose, and therefore not used here.
/// </summary>
internal sealed class Pattern
{
    private readonly byte[][] _tokens;

    private Pattern(string text, byte[] utf8, byte[][] tokens)
    {
        Text = text;
        Utf8 = utf8;
        _tokens = tokens;
        IsLiteral = !tokens.Any(token => IsAny(token) || IsRest(token));
    }

    public string Text { get; }

    public byte[] Utf8 { get; }

    /// <summary>Whether it matches one subject only: itself.</summary>
    public bool IsLiteral { get; }

    public bool IsEverything => Text == ">";

    public static bool IsValid(string text) => TryParse(text) is not null;

    public static bool IsValidLiteral(string text) => TryParse(text) is { IsLiteral: true };

    /// <returns><see langword="null"/> when the server calls it an invalid subject.</returns>
    public static Pattern? TryParse(string text)
    {
        if (string.IsNullOrEmpty(text) || text.AsSpan().ContainsAny(" \t\n\r\f"))
            return null;
        byte[][] tokens = [.. text.Split('.').Select(Encoding.UTF8.GetBytes)];
        for (int i = 0; i < tokens.Length; i++)
        {
            if (tokens[i].Length == 0 || (IsRest(tokens[i]) && i < tokens.Length - 1))
                return null;
        }

        return new Pattern(text, Encoding.UTF8.GetBytes(text), tokens);
    }

    public bool Matches(ReadOnlySpan<byte> subject)
    {
        if (IsLiteral)
            return subject.SequenceEqual(Utf8);
        ReadOnlySpan<byte> rest = subject;
        bool isLast = false;
        foreach (byte[] token in _tokens)
        {
            if (isLast)
                return false;
            if (IsRest(token))
                return true;
            ReadOnlySpan<byte> actual = Utf8Tokens.Next(ref rest, out isLast);
            if (!IsAny(token) && !actual.SequenceEqual(token))
                return false;
        }

        return isLast;
    }

    /// <summary>Whether this matches every subject that the other matches.</summary>
    public bool Covers(Pattern other)
    {
        for (int i = 0; i < _tokens.Length; i++)
        {
            if (i >= other._tokens.Length)
                return false;
            if (IsRest(_tokens[i]))
                return true;
            byte[] token = other._tokens[i];
            if (IsRest(token) || (!IsAny(_tokens[i]) && !token.AsSpan().SequenceEqual(_tokens[i])))
                return false;
        }

        return _tokens.Length == other._tokens.Length;
    }

    /// <summary>Whether some subject matches both.</summary>
    public bool Overlaps(Pattern other)
    {
        for (int i = 0; i < Math.Min(_tokens.Length, other._tokens.Length); i++)
        {
            byte[] mine = _tokens[i];
            byte[] theirs = other._tokens[i];
            if (IsRest(mine) || IsRest(theirs))
                return true;
            if (!IsAny(mine) && !IsAny(theirs) && !mine.AsSpan().SequenceEqual(theirs))
                return false;
        }

        return _tokens.Length == other._tokens.Length;
    }

    public override string ToString() => Text;

    private static bool IsAny(byte[] token) => token is [(byte)'*'];

    private static bool IsRest(byte[] token) => token is [(byte)'>'];
}
