using Nats.Consumer.JetStream;

namespace Nats.Consumer.Settling;

/// <summary>
/// The messages of which HandleErrorAsync has been told and whose dead letter could not be stored, so that it is not told again when they come back. Holds the last thousand, in this process.
/// </summary>
internal sealed class ToldErrors
{
    private const int Most = 1000;
    private readonly HashSet<(ulong Sequence, long Time)> _told = [];
    private readonly Queue<(ulong Sequence, long Time)> _order = new();

    public void Add(in AckSubject message)
    {
        lock (_told)
        {
            if (!_told.Add(KeyOf(message)))
                return;
            _order.Enqueue(KeyOf(message));
            if (_order.Count > Most)
                _told.Remove(_order.Dequeue());
        }
    }

    public bool Remove(in AckSubject message)
    {
        lock (_told)
            return _told.Remove(KeyOf(message));
    }

    // The time is part of it because a stream that is deleted and made anew gives the same sequences again.
    private static (ulong Sequence, long Time) KeyOf(in AckSubject message) => (message.StreamSequence, message.UnixNanoseconds);
}
