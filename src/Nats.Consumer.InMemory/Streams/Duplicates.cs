namespace Nats.Consumer.InMemory.Streams;

/// <summary>The message ids of the last while, with the sequences that they got. They outlive their messages.</summary>
internal sealed class Duplicates
{
    private readonly Dictionary<string, ulong> _sequences = [];
    private readonly Queue<(string Id, long Time)> _order = new();

    /// <returns>The sequence of the message with that id; <see langword="null"/> for none.</returns>
    public ulong? Find(string id, long now, long window)
    {
        while (_order.TryPeek(out (string Id, long Time) oldest) && now - oldest.Time >= window)
        {
            _order.Dequeue();
            _sequences.Remove(oldest.Id);
        }

        return _sequences.TryGetValue(id, out ulong sequence) ? sequence : null;
    }

    public void Add(string id, ulong sequence, long now)
    {
        _sequences[id] = sequence;
        _order.Enqueue((id, now));
    }
}
