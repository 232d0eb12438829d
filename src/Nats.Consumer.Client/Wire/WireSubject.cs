namespace Nats.Consumer.Client.Wire;

/// <summary>
/// What a subject must not have so that it cannot break the protocol line it is written into. The grammar proper (tokens, wildcards) is the runtime's.
/// </summary>
internal static class WireSubject
{
    public static bool IsSafe(scoped ReadOnlySpan<byte> subject) =>
        !subject.IsEmpty && !subject.ContainsAnyInRange((byte)0, (byte)' ') && !subject.Contains((byte)0x7f);

    public static bool IsSafe(string subject) =>
        !string.IsNullOrEmpty(subject) && !subject.AsSpan().ContainsAnyInRange('\0', ' ') && !subject.Contains('\x7f', StringComparison.Ordinal);

    public static void ThrowIfUnsafe(scoped ReadOnlySpan<byte> subject, string what)
    {
        if (!IsSafe(subject))
            throw Unsafe(Quote.Of(subject), what);
    }

    public static void ThrowIfUnsafe(string subject, string what)
    {
        if (!IsSafe(subject))
            throw Unsafe($"'{subject}'", what);
    }

    private static ArgumentException Unsafe(string quoted, string what) =>
        new($"The {what} {quoted} is empty or has white space or control characters in it, which a NATS subject cannot have.");
}
