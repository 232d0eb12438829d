using System.Buffers.Text;

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
        frame = default;
        frame.Length = newline + 1;

        if (IsCommand(line, "MSG"u8))
            return ReadMessage(buffer, line, line[4..], hasHeaders: false, ref frame, ref needed);
        if (IsCommand(line, "HMSG"u8))
            return ReadMessage(buffer, line, line[5..], hasHeaders: true, ref frame, ref needed);

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

    // MSG  subject sid [reply] size
    // HMSG subject sid [reply] header-size total-size
    private static bool ReadMessage(
        ReadOnlySpan<byte> buffer, ReadOnlySpan<byte> line, ReadOnlySpan<byte> rest, bool hasHeaders, scoped ref Frame frame, ref int needed)
    {
        frame.Kind = FrameKind.Message;
        frame.Subject = NextToken(ref rest);
        ReadOnlySpan<byte> id = NextToken(ref rest);
        ReadOnlySpan<byte> third = NextToken(ref rest);
        ReadOnlySpan<byte> fourth = NextToken(ref rest);
        ReadOnlySpan<byte> fifth = NextToken(ref rest);

        // The reply subject may be missing; the size is what comes last.
        ReadOnlySpan<byte> last = hasHeaders ? fifth : fourth;
        bool hasReply = !last.IsEmpty;
        frame.ReplyTo = hasReply ? third : default;
        ReadOnlySpan<byte> headerSize = hasReply ? fourth : third;
        ReadOnlySpan<byte> totalSize = hasReply ? last : hasHeaders ? fourth : third;

        int headers = 0;
        if (frame.Subject.IsEmpty || !rest.IsEmpty || (!hasHeaders && !fifth.IsEmpty) || !TryNumber(id, out frame.SubscriptionId)
            || !TrySize(totalSize, out int total) || (hasHeaders && (!TrySize(headerSize, out headers) || headers > total)))
        {
            throw Malformed(line, "is no message line");
        }

        int end = frame.Length + total + 2;
        if (buffer.Length < end)
        {
            needed = end;
            return false;
        }

        if (buffer[end - 2] != (byte)'\r' || buffer[end - 1] != (byte)'\n')
            throw Malformed(line, "announces a size that its payload does not have");
        frame.Headers = buffer.Slice(frame.Length, headers);
        frame.Payload = buffer.Slice(frame.Length + headers, total - headers);
        frame.Length = end;
        return true;
    }

    private static bool IsCommand(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name) =>
        line.Length > name.Length && line.StartsWith(name) && line[name.Length] is (byte)' ' or (byte)'\t';

    private static ReadOnlySpan<byte> NextToken(scoped ref ReadOnlySpan<byte> rest)
    {
        while (!rest.IsEmpty && rest[0] is (byte)' ' or (byte)'\t')
            rest = rest[1..];
        int end = rest.IndexOfAny((byte)' ', (byte)'\t');
        ReadOnlySpan<byte> token = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];
        return token;
    }

    // The parser alone would take a sign.
    private static bool TryNumber(ReadOnlySpan<byte> text, out long number)
    {
        number = 0;
        return !text.IsEmpty && text[0] is >= (byte)'0' and <= (byte)'9' && Utf8Parser.TryParse(text, out number, out int used) && used == text.Length;
    }

    private static bool TrySize(ReadOnlySpan<byte> text, out int size)
    {
        bool valid = TryNumber(text, out long number) && number <= MaxMessage;
        size = valid ? (int)number : 0;
        return valid;
    }

    private static NatsProtocolException Malformed(ReadOnlySpan<byte> bytes, string why) =>
        new($"What the server sent {why}: {Quote.Of(bytes)}. Is this port a NATS server?");
}
