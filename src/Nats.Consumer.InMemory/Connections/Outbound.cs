using Nats.Consumer.Client;
using Nats.Consumer.Client.Wire;
using Nats.Consumer.InMemory.Broker;

namespace Nats.Consumer.InMemory.Connections;

/// <summary>What is published while a connection is away.</summary>
internal sealed class Outbound
{
    private readonly Queue<(Envelope Message, long ExpiresAt)> _waiting = new();

    public void Add(in OutgoingMessage message, long now)
    {
        long expiresAt = message.TimeToSend > TimeSpan.Zero ? now + (Math.Min(message.TimeToSend.Ticks, TimeSpan.TicksPerDay * 365) * 100) : Alarm.Never;
        _waiting.Enqueue((new Envelope(message.Subject.ToArray(), message.ReplyTo.ToArray(), HeadersOf(message), message.Payload.ToArray()), expiresAt));
    }

    /// <summary>Takes what is still worth sending, in order.</summary>
    public bool TryTake(long now, out Envelope message)
    {
        while (_waiting.TryDequeue(out (Envelope Message, long ExpiresAt) next))
        {
            message = next.Message;
            if (next.ExpiresAt > now)
                return true;
        }

        message = null!;
        return false;
    }

    public static byte[] HeadersOf(in OutgoingMessage message)
    {
        if (message.Headers is not { } headers)
            return [];
        byte[] block = new byte[HeaderBlock.Length(headers)];
        var writer = new SpanWriter(block);
        HeaderBlock.Write(headers, ref writer);
        return block;
    }
}
