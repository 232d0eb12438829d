using System.Text;
using Nats.Consumer.Client.Wire;

namespace Nats.Consumer.Client.Tests.Support;

/// <summary>A frame that may be kept and compared. Bytes are shown one character each.</summary>
internal sealed record FrameCopy(FrameKind Kind, long SubscriptionId, string Subject, string ReplyTo, string Headers, string Payload)
{
    public static FrameCopy Of(in Frame frame) => new(
        frame.Kind, frame.SubscriptionId, Text(frame.Subject), Text(frame.ReplyTo), Text(frame.Headers), Text(frame.Payload));

    /// <summary>Reads a stream that is there as a whole.</summary>
    public static List<FrameCopy> ReadAll(ReadOnlySpan<byte> stream)
    {
        var frames = new List<FrameCopy>();
        Frame frame = default;
        while (FrameReader.TryRead(stream, ref frame, out _))
        {
            frame.Length.ShouldBeGreaterThan(0);
            frames.Add(Of(frame));
            stream = stream[frame.Length..];
        }

        stream.Length.ShouldBe(0, "the stream ends with an incomplete frame");
        return frames;
    }

    /// <summary>Reads a stream that arrives in pieces, the way a session does.</summary>
    /// <param name="stream">All bytes.</param>
    /// <param name="chunk">How many bytes arrive next, given how many have arrived; at least 1.</param>
    public static List<FrameCopy> ReadInChunks(ReadOnlySpan<byte> stream, Func<int, int> chunk)
    {
        var frames = new List<FrameCopy>();
        var buffer = new ReceiveBuffer();
        int arrived = 0;
        int promised = 0;
        while (true)
        {
            int needed = Drain(buffer, frames, promised);
            promised = needed;
            if (arrived == stream.Length)
                return frames;
            buffer.MakeRoom(needed);
            int held = buffer.Unread.Length + buffer.Free.Length;
            held.ShouldBeLessThanOrEqualTo(Math.Max(ReceiveBuffer.NormalSize, 2 * (arrived + ReceiveBuffer.NormalSize)), "the buffer grows with what arrived");
            int count = Math.Min(Math.Min(chunk(arrived), buffer.Free.Length), stream.Length - arrived);
            count.ShouldBeGreaterThan(0);
            stream.Slice(arrived, count).CopyTo(buffer.Free.Span);
            buffer.Received(count);
            arrived += count;
        }
    }

    private static int Drain(ReceiveBuffer buffer, List<FrameCopy> frames, int promised)
    {
        while (true)
        {
            Frame frame = default;
            int before = buffer.Unread.Length;
            if (!FrameReader.TryRead(buffer.Unread, ref frame, out int needed))
            {
                needed.ShouldBeGreaterThan(before);
                return needed;
            }

            before.ShouldBeGreaterThanOrEqualTo(promised, "a frame was complete with fewer bytes than were said to be needed");
            promised = 0;
            frame.Length.ShouldBeInRange(1, before);
            frames.Add(Of(frame));
            buffer.Read(frame.Length);
        }
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);
}
