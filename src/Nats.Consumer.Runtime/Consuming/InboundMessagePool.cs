using System.Collections.Concurrent;

namespace Nats.Consumer.Consuming;

/// <summary>Deliveries for reuse.</summary>
internal sealed class InboundMessagePool(int most)
{
    private const int LargestKeptBuffer = 16 * 1024;
    private readonly ConcurrentQueue<InboundMessage> _free = new();
    private int _count;

    public InboundMessage Rent()
    {
        if (!_free.TryDequeue(out InboundMessage? message))
            return new InboundMessage();
        Interlocked.Decrement(ref _count);
        return message;
    }

    public void Return(InboundMessage message)
    {
        message.Reset(LargestKeptBuffer);
        if (Interlocked.Increment(ref _count) > most)
            Interlocked.Decrement(ref _count);
        else
            _free.Enqueue(message);
    }
}
