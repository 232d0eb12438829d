namespace Nats.Consumer.Client.Wire;

/// <summary>Writes the PUB or HPUB of a message.</summary>
internal static class CommandWriter
{
    // "HPUB ", three spaces, two sizes of ten digits, two line ends
    private const int Overhead = 5 + 3 + 20 + 4;

    /// <summary>An upper bound of what <see cref="WritePublish"/> writes.</summary>
    public static int MaxLength(in OutgoingMessage message, int headerLength) =>
        checked(Overhead + message.Subject.Length + message.ReplyTo.Length + headerLength + message.Payload.Length);

    public static int WritePublish(in OutgoingMessage message, int headerLength, Span<byte> target)
    {
        var writer = new SpanWriter(target);
        writer.Write(message.Headers is null ? "PUB "u8 : "HPUB "u8);
        writer.Write(message.Subject);
        writer.Write(" "u8);
        if (!message.ReplyTo.IsEmpty)
        {
            writer.Write(message.ReplyTo);
            writer.Write(" "u8);
        }

        if (message.Headers is not null)
        {
            writer.Write(headerLength);
            writer.Write(" "u8);
        }

        writer.Write(headerLength + message.Payload.Length);
        writer.Write("\r\n"u8);
        if (message.Headers is not null)
            HeaderBlock.Write(message.Headers, ref writer);
        writer.Write(message.Payload);
        writer.Write("\r\n"u8);
        return writer.Written;
    }
}
