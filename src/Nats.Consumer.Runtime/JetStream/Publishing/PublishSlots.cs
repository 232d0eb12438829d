using System.Diagnostics.CodeAnalysis;

namespace Nats.Consumer.JetStream;

/// <summary>The slots of a window: which are free, and which one an answer is for. Not safe for concurrent use.</summary>
internal sealed class PublishSlots(int count)
{
    private readonly List<PublishSlot> _all = [];
    private readonly Stack<PublishSlot> _free = new();
    private long _round;

    /// <summary>The messages on the way.</summary>
    public IEnumerable<PublishSlot> OnTheWay => _all.Where(slot => slot.Id != 0);

    public PublishSlot Rent()
    {
        if (_free.TryPop(out PublishSlot? slot))
            return slot;
        _all.Add(slot = new PublishSlot(_all.Count));
        return slot;
    }

    /// <summary>Gives the slot an identity that no answer to another message carries.</summary>
    public long Identify(PublishSlot slot) => slot.Id = (++_round * count) + slot.Index;

    public bool TryFind(long id, [NotNullWhen(true)] out PublishSlot? slot)
    {
        int index = (int)(id % count);
        slot = id > 0 && index < _all.Count && _all[index].Id == id ? _all[index] : null;
        return slot is not null;
    }

    public void Return(PublishSlot slot)
    {
        slot.End();
        _free.Push(slot);
    }
}
