using System.Buffers.Text;

namespace Nats.Consumer.Client.Wire;

/// <summary>The line before a message: <c>MSG subject sid [reply] size</c> or <c>HMSG subject sid [reply] header-size total-size</c>.</summary>
internal ref struct MessageLine
{
    public ReadOnlySpan<byte> Subject;
    public ReadOnlySpan<byte> ReplyTo;
    public long SubscriptionId;
    public int HeaderSize;
    public int TotalSize;

    /// <summary>Reads the fields after the command.</summary>
    /// <param name="fields">What stands after <c>MSG</c> or <c>HMSG</c>, without the end of the line.</param>
    /// <param name="hasHeaders">Whether it is <c>HMSG</c>.</param>
    /// <returns>Whether it is such a line.</returns>
    public bool TryRead(ReadOnlySpan<byte> fields, bool hasHeaders) => TryReadPlain(fields, hasHeaders) || TryReadAny(fields, hasHeaders);

    // What servers write has one space between fields, and the sizes are found from the end: whether there is a reply subject is seen by what is left between.
    private bool TryReadPlain(ReadOnlySpan<byte> fields, bool hasHeaders)
    {
        int subject = fields.IndexOf((byte)' ');
        if (subject <= 0 || !TryReadNumber(fields[(subject + 1)..], out SubscriptionId, out int digits))
            return false;
        int afterId = subject + 1 + digits;
        int end = fields.Length - 1;
        if (!TryReadBack(fields, ref end, out long total) || total > FrameReader.MaxMessage)
            return false;
        long headers = 0;
        if (hasHeaders && (end < afterId || fields[end--] != ' ' || !TryReadBack(fields, ref end, out headers) || headers > total))
            return false;

        // Both stand on the space that follows the id, or those around the reply subject.
        if (end < afterId || fields[afterId] != ' ' || fields[end] != ' ')
            return false;
        ReplyTo = default;
        if (end > afterId)
        {
            ReplyTo = fields[(afterId + 1)..end];
            if (ReplyTo.IsEmpty || ReplyTo.IndexOfAny((byte)' ', (byte)'\t') >= 0)
                return false;
        }

        Subject = fields[..subject];
        (HeaderSize, TotalSize) = ((int)headers, (int)total);
        return Subject.IndexOf((byte)'\t') < 0;
    }

    // The protocol allows any number of spaces and tabs.
    private bool TryReadAny(ReadOnlySpan<byte> rest, bool hasHeaders)
    {
        Subject = NextToken(ref rest);
        ReadOnlySpan<byte> id = NextToken(ref rest);
        ReadOnlySpan<byte> third = NextToken(ref rest);
        ReadOnlySpan<byte> fourth = NextToken(ref rest);
        ReadOnlySpan<byte> fifth = NextToken(ref rest);

        // The reply subject may be missing; the size is what comes last.
        ReadOnlySpan<byte> last = hasHeaders ? fifth : fourth;
        bool hasReply = !last.IsEmpty;
        ReplyTo = hasReply ? third : default;
        ReadOnlySpan<byte> headerSize = hasReply ? fourth : third;
        ReadOnlySpan<byte> totalSize = hasReply ? last : hasHeaders ? fourth : third;
        HeaderSize = 0;
        return !Subject.IsEmpty && rest.TrimStart(" \t"u8).IsEmpty && (hasHeaders || fifth.IsEmpty) && TryNumber(id, out SubscriptionId)
            && TrySize(totalSize, out TotalSize) && (!hasHeaders || (TrySize(headerSize, out HeaderSize) && HeaderSize <= TotalSize));
    }

    // From the last digit back. More than 18 digits might not fit.
    private static bool TryReadBack(ReadOnlySpan<byte> fields, scoped ref int last, out long number)
    {
        number = 0;
        int begin = last;
        for (long worth = 1; (uint)last < (uint)fields.Length && begin - last < 18; last--, worth *= 10)
        {
            int digit = fields[last] - '0';
            if ((uint)digit > 9)
                break;
            number += worth * digit;
        }

        return last < begin;
    }

    private static ReadOnlySpan<byte> NextToken(scoped ref ReadOnlySpan<byte> rest)
    {
        while (!rest.IsEmpty && rest[0] is (byte)' ' or (byte)'\t')
            rest = rest[1..];
        int end = rest.IndexOfAny((byte)' ', (byte)'\t');
        ReadOnlySpan<byte> token = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];
        return token;
    }

    private static bool TrySize(ReadOnlySpan<byte> text, out int size)
    {
        bool valid = TryNumber(text, out long number) && number <= FrameReader.MaxMessage;
        size = valid ? (int)number : 0;
        return valid;
    }

    private static bool TryNumber(ReadOnlySpan<byte> text, out long number) => TryReadNumber(text, out number, out int digits) && digits == text.Length;

    // The parser alone would take a sign.
    private static bool TryReadNumber(ReadOnlySpan<byte> text, out long number, out int digits)
    {
        (number, digits) = (0, 0);
        return !text.IsEmpty && text[0] is >= (byte)'0' and <= (byte)'9' && Utf8Parser.TryParse(text, out number, out digits);
    }
}
