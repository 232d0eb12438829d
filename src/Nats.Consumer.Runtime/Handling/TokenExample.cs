using System.Globalization;

namespace Nats.Consumer.Handling;

/// <summary>Makes up a token that a parameter can be bound to, for demonstrations.</summary>
internal static class TokenExample
{
    /// <summary>What a parameter of text is bound to.</summary>
    public const string Text = "example";

    // None has a dot, which would end the token.
    private static readonly string[] Candidates = [Text, "1", "x", "true", "0190a000-0000-7000-8000-000000000001", "2026-01-31", "12:00", "127", "::1", "a-1", "A1", "EUR"];

    /// <summary>The first of some usual texts that the type can be read from; <see langword="null"/> when none is one.</summary>
    public static string? Of<T>()
        where T : ISpanParsable<T> => Array.Find(Candidates, static text => T.TryParse(text, CultureInfo.InvariantCulture, out _));
}
