using Nats.Consumer.JetStream;

namespace Nats.Consumer.Settling;

/// <summary>
/// The dead letters that could not be stored: when such a message comes back, neither its handler nor HandleErrorAsync is called again, and its copy still says why it was made. Holds the last thousand, in
/// this process.
/// </summary>
internal sealed class PendingDeadLetters
{
    private const int Most = 1000;
    private readonly Dictionary<(ulong Sequence, long Time), PendingDeadLetter> _pending = [];
    private readonly Queue<(ulong Sequence, long Time)> _order = new();

    public void Add(in AckSubject message, PendingDeadLetter deadLetter)
    {
        lock (_pending)
        {
            if (!_pending.TryAdd(KeyOf(message), deadLetter))
                return;
            _order.Enqueue(KeyOf(message));
            if (_order.Count > Most)
                _pending.Remove(_order.Dequeue());
        }
    }

    public PendingDeadLetter? Find(in AckSubject message)
    {
        lock (_pending)
            return _pending.Count == 0 ? null : _pending.GetValueOrDefault(KeyOf(message));
    }

    // The time is part of it because a stream that is deleted and made anew gives the same sequences again.
    private static (ulong Sequence, long Time) KeyOf(in AckSubject message) => (message.StreamSequence, message.UnixNanoseconds);
}

/// <summary>What a copy is to say.</summary>
internal sealed record PendingDeadLetter(string Reason, Exception? Error);
