using System.Collections.Concurrent;

namespace Nats.Consumer.Consuming;

/// <summary>Deliveries for reuse. Knows all that were ever made, so that those which are held can be found without keeping a list of them.</summary>
internal sealed class InboundMessagePool
{
    private const int LargestKeptBuffer = 16 * 1024;
    private readonly ConcurrentQueue<InboundMessage> _free = new();
    private readonly Lock _gate = new();
    private InboundMessage[] _all = [];
    private int _count;

    /// <summary>All of them, held or not.</summary>
    public ReadOnlySpan<InboundMessage> All
    {
        get
        {
            lock (_gate)
                return _all.AsSpan(0, _count);
        }
    }

    public InboundMessage Rent() => _free.TryDequeue(out InboundMessage? message) ? message : Make();

    public void Return(InboundMessage message)
    {
        message.Reset(LargestKeptBuffer);
        _free.Enqueue(message);
    }

    private InboundMessage Make()
    {
        var message = new InboundMessage();
        lock (_gate)
        {
            if (_count == _all.Length)
                Array.Resize(ref _all, Math.Max(16, _count * 2));
            _all[_count++] = message;
        }

        return message;
    }
}
