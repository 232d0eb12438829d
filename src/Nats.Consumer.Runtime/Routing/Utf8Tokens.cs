namespace Nats.Consumer.Routing;

/// <summary>The tokens of a subject as it came from the wire.</summary>
internal static class Utf8Tokens
{
    /// <summary>Cuts the first token off.</summary>
    public static ReadOnlySpan<byte> Next(scoped ref ReadOnlySpan<byte> rest, out bool isLast)
    {
        ReadOnlySpan<byte> all = rest;
        int dot = all.IndexOf((byte)'.');
        isLast = dot < 0;
        rest = isLast ? default : all[(dot + 1)..];
        return isLast ? all : all[..dot];
    }

    public static ReadOnlySpan<byte> At(ReadOnlySpan<byte> subject, int index)
    {
        for (; index > 0; index--)
            Next(ref subject, out _);
        return Next(ref subject, out _);
    }
}
