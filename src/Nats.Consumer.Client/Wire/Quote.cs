using System.Globalization;
using System.Text;

namespace Nats.Consumer.Client.Wire;

/// <summary>Shows bytes from the wire in an error message: printable as they are, the rest escaped, cut to a readable length.</summary>
internal static class Quote
{
    private const int Most = 80;

    public static string Of(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder("'");
        foreach (byte b in bytes[..Math.Min(bytes.Length, Most)])
        {
            if (b is >= 0x20 and < 0x7f)
                text.Append((char)b);
            else
                text.Append(CultureInfo.InvariantCulture, $"\\x{b:x2}");
        }

        text.Append('\'');
        return bytes.Length > Most ? text.Append(CultureInfo.InvariantCulture, $"… ({bytes.Length} bytes)").ToString() : text.ToString();
    }
}
