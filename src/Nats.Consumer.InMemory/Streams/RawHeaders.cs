using System.Globalization;
using System.Text;

namespace Nats.Consumer.InMemory.Streams;

/// <summary>Reads and changes a header block as the server does: names as they are written.</summary>
internal static class RawHeaders
{
    public static string? Find(ReadOnlySpan<byte> block, ReadOnlySpan<byte> name)
    {
        ReadOnlySpan<byte> rest = block;
        while (rest.IndexOf("\r\n"u8) is var end and >= 0)
        {
            ReadOnlySpan<byte> line = rest[..end];
            if (line.Length > name.Length && line[name.Length] == (byte)':' && line.StartsWith(name))
                return Encoding.UTF8.GetString(line[(name.Length + 1)..].TrimStart((byte)' '));
            rest = rest[(end + 2)..];
        }

        return null;
    }

    /// <summary>A number that a client states; another text counts as the number that no sequence is.</summary>
    public static bool TryFindNumber(ReadOnlySpan<byte> block, ReadOnlySpan<byte> name, out ulong number)
    {
        number = 0;
        if (Find(block, name) is not { Length: > 0 } text)
            return false;
        if (!ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number))
            number = ulong.MaxValue;
        return true;
    }

    /// <summary>Adds lines at the end of a block, which may be empty.</summary>
    public static byte[] With(ReadOnlySpan<byte> block, params ReadOnlySpan<(string Name, string Value)> lines)
    {
        var text = new StringBuilder();
        foreach ((string name, string value) in lines)
            text.Append(name).Append(": ").Append(value).Append("\r\n");
        text.Append("\r\n");
        ReadOnlySpan<byte> before = block.IsEmpty ? "NATS/1.0\r\n"u8 : block[..^2];
        return [.. before, .. Encoding.UTF8.GetBytes(text.ToString())];
    }
}
