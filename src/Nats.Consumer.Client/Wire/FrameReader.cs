namespace Nats.Consumer.Client.Wire;

/// <summary>
/// Framing as one function over a buffer. It keeps no state between calls, so a stream may be cut at any byte: an incomplete frame is read again from its
/// start when more bytes are there.
/// </summary>
internal static class FrameReader
{
    /// <summary>INFO of a large cluster is the longest line there is; servers write far less.</summary>
    public const int MaxLine = 64 * 1024;

    /// <summary>The server's own upper bound of <c>max_payload</c>.</summary>
    public const int MaxMessage = 64 * 1024 * 1024;

    /// <summary>Reads the frame at the start of <paramref name="buffer"/>.</summary>
    /// <param name="buffer">What has been received and not been read yet.</param>
    /// <param name="frame">The frame, when it is complete.</param>
    /// <param name="needed">The length that the buffer must have at least before it makes sense to try again.</param>
    /// <returns>Whether the frame is complete.</returns>
    /// <exception cref="NatsProtocolException">The bytes are not NATS.</exception>
    public static bool TryRead(ReadOnlySpan<byte> buffer, scoped ref Frame frame, out int needed)
    {
        needed = buffer.Length + 1;
        if (buffer.IsEmpty)
            return false;

        int newline = buffer.IndexOf((byte)'\n');
        if (newline > MaxLine || (newline < 0 && (buffer.Length > MaxLine || "MHPI+-"u8.IndexOf(buffer[0]) < 0)))
            throw Malformed(buffer, "is no NATS protocol line");
        if (newline < 0)
            return false;

        ReadOnlySpan<byte> line = buffer[..newline];
        if (!line.IsEmpty && line[^1] == (byte)'\r')
            line = line[..^1];
        if (IsCommand(line, "MSG"u8))
            return ReadMessage(buffer, line, newline + 1, hasHeaders: false, ref frame, ref needed);
        if (IsCommand(line, "HMSG"u8))
            return ReadMessage(buffer, line, newline + 1, hasHeaders: true, ref frame, ref needed);

        frame = default;
        frame.Length = newline + 1;
        if (line.SequenceEqual("PING"u8))
            frame.Kind = FrameKind.Ping;
        else if (line.SequenceEqual("PONG"u8))
            frame.Kind = FrameKind.Pong;
        else if (line.SequenceEqual("+OK"u8))
            frame.Kind = FrameKind.Ok;
        else if (IsCommand(line, "INFO"u8))
        {
            frame.Kind = FrameKind.Info;
            frame.Payload = line[5..];
        }
        else if (line.StartsWith("-ERR"u8))
        {
            frame.Kind = FrameKind.Error;
            frame.Payload = line[4..].Trim(" '"u8);
        }
        else
        {
            throw Malformed(line, "is no NATS protocol line");
        }

        return true;
    }

    private static bool ReadMessage(ReadOnlySpan<byte> buffer, ReadOnlySpan<byte> line, int lineLength, bool hasHeaders, scoped ref Frame frame, ref int needed)
    {
        MessageLine fields = default;
        if (!fields.TryRead(line[(hasHeaders ? 5 : 4)..], hasHeaders))
            throw Malformed(line, "is no message line");
        int end = lineLength + fields.TotalSize + 2;
        if (buffer.Length < end)
        {
            needed = end;
            return false;
        }

        if (buffer[end - 2] != (byte)'\r' || buffer[end - 1] != (byte)'\n')
            throw Malformed(line, "announces a size that its payload does not have");
        frame.Kind = FrameKind.Message;
        frame.Length = end;
        frame.SubscriptionId = fields.SubscriptionId;
        frame.Subject = fields.Subject;
        frame.ReplyTo = fields.ReplyTo;
        frame.Headers = buffer.Slice(lineLength, fields.HeaderSize);
        frame.Payload = buffer.Slice(lineLength + fields.HeaderSize, fields.TotalSize - fields.HeaderSize);
        return true;
    }

    private static bool IsCommand(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name) =>
        line.Length > name.Length && line.StartsWith(name) && line[name.Length] is (byte)' ' or (byte)'\t';

    private static NatsProtocolException Malformed(ReadOnlySpan<byte> bytes, string why) =>
        new($"What the server sent {why}: {Quote.Of(bytes)}. Is this port a NATS server?");
}
