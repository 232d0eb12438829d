using System.Buffers.Text;
using System.Text;

namespace Nats.Consumer.JetStream;

/// <summary>
/// What the reply subject of a delivery tells, read in place (ADR-15):
/// <c>$JS.ACK.stream.consumer.delivered.sseq.cseq.time.pending</c> (9 tokens), or with domain and account hash after <c>$JS.ACK</c> (11 tokens, and any number of others after them).
/// </summary>
internal readonly struct AckSubject
{
    private readonly Range _stream;
    private readonly Range _consumer;

    private AckSubject(Range stream, Range consumer, int delivered, ulong streamSequence, ulong consumerSequence, long nanoseconds, ulong pending)
    {
        _stream = stream;
        _consumer = consumer;
        Delivered = delivered;
        StreamSequence = streamSequence;
        ConsumerSequence = consumerSequence;
        UnixNanoseconds = nanoseconds;
        Pending = pending;
    }

    /// <summary>How often the message was delivered, this time included.</summary>
    public int Delivered { get; }

    public ulong StreamSequence { get; }

    public ulong ConsumerSequence { get; }

    /// <summary>When the message was stored.</summary>
    public long UnixNanoseconds { get; }

    /// <summary>How many messages are still to come.</summary>
    public ulong Pending { get; }

    public string Stream(ReadOnlySpan<byte> subject) => Encoding.UTF8.GetString(subject[_stream]);

    public string Consumer(ReadOnlySpan<byte> subject) => Encoding.UTF8.GetString(subject[_consumer]);

    public static bool TryParse(ReadOnlySpan<byte> subject, out AckSubject ack)
    {
        ack = default;
        Span<Range> tokens = stackalloc Range[11];
        if (!subject.StartsWith("$JS.ACK."u8))
            return false;
        int count = Split(subject, tokens);
        if (count is not (9 or 11))
            return false;

        int first = count == 9 ? 2 : 4;
        if (!TryNumber(subject[tokens[first + 2]], out long delivered) || !TryNumber(subject[tokens[first + 3]], out long streamSequence)
            || !TryNumber(subject[tokens[first + 4]], out long consumerSequence) || !TryNumber(subject[tokens[first + 5]], out long time)
            || !TryNumber(subject[tokens[first + 6]], out long pending))
        {
            return false;
        }

        ack = new AckSubject(
            tokens[first], tokens[first + 1], (int)Math.Min(delivered, int.MaxValue), (ulong)streamSequence, (ulong)consumerSequence, time, (ulong)pending);
        return true;
    }

    // Stops when there is no room for more tokens.
    private static int Split(ReadOnlySpan<byte> subject, Span<Range> tokens)
    {
        int count = 0;
        int start = 0;
        while (count < tokens.Length)
        {
            int length = subject[start..].IndexOf((byte)'.');
            tokens[count++] = length < 0 ? start..subject.Length : start..(start + length);
            if (length < 0)
                break;
            start += length + 1;
        }

        return count;
    }

    private static bool TryNumber(ReadOnlySpan<byte> text, out long number) =>
        Utf8Parser.TryParse(text, out number, out int used) && used == text.Length && number >= 0;
}
