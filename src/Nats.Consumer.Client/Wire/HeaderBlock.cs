using System.Text;

namespace Nats.Consumer.Client.Wire;

/// <summary>Writes headers in their wire form: version line, <c>name: value</c> lines, empty line.</summary>
internal static class HeaderBlock
{
    public static ReadOnlySpan<byte> Version => "NATS/1.0"u8;

    public static int Length(NatsHeaders headers)
    {
        int length = Version.Length + 4;
        foreach (KeyValuePair<string, string> entry in headers)
            length += Encoding.UTF8.GetByteCount(entry.Key) + Encoding.UTF8.GetByteCount(entry.Value) + 4;
        return length;
    }

    public static void Write(NatsHeaders headers, ref SpanWriter writer)
    {
        writer.Write(Version);
        writer.Write("\r\n"u8);
        foreach (KeyValuePair<string, string> entry in headers)
        {
            writer.Write(entry.Key);
            writer.Write(": "u8);
            writer.Write(entry.Value);
            writer.Write("\r\n"u8);
        }

        writer.Write("\r\n"u8);
    }
}
