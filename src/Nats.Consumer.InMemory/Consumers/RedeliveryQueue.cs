namespace Nats.Consumer.InMemory.Consumers;

/// <summary>Sequences that are to be delivered again, in order, each once.</summary>
internal sealed class RedeliveryQueue
{
    private readonly LinkedList<ulong> _order = new();
    private readonly Dictionary<ulong, LinkedListNode<ulong>> _nodes = [];

    public int Count => _order.Count;

    public bool Contains(ulong sequence) => _nodes.ContainsKey(sequence);

    public void Add(ulong sequence)
    {
        if (!_nodes.ContainsKey(sequence))
            _nodes.Add(sequence, _order.AddLast(sequence));
    }

    public bool TryTake(out ulong sequence)
    {
        sequence = 0;
        if (_order.First is not { } first)
            return false;
        sequence = first.Value;
        _order.RemoveFirst();
        _nodes.Remove(sequence);
        return true;
    }

    public void Remove(ulong sequence)
    {
        if (_nodes.Remove(sequence, out LinkedListNode<ulong>? node))
            _order.Remove(node);
    }

    public void RemoveBelow(ulong sequence)
    {
        foreach (ulong below in _order.Where(queued => queued < sequence).ToArray())
            Remove(below);
    }

    public void Clear()
    {
        _order.Clear();
        _nodes.Clear();
    }
}
