using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Nats.Consumer.JetStream;

/// <summary>The slots of a window: which are free, and which one an answer is for. Not safe for concurrent use.</summary>
internal sealed class PublishSlots(int count, string inbox)
{
    private readonly List<PublishSlot> _all = [];
    private readonly Stack<PublishSlot> _free = new();
    private long _lastId;

    /// <summary>The messages on the way.</summary>
    public IEnumerable<PublishSlot> OnTheWay => _all.Where(slot => slot.Id != 0);

    public PublishSlot Rent()
    {
        if (_free.TryPop(out PublishSlot? slot))
            return slot;
        slot = new PublishSlot();
        Address(slot, _all.Count);
        _all.Add(slot);
        return slot;
    }

    public long Identify(PublishSlot slot) => slot.Id = ++_lastId;

    /// <param name="token">The last token of the subject that the answer came to.</param>
    /// <param name="slot">The slot that waits for it.</param>
    public bool TryFind(long token, [NotNullWhen(true)] out PublishSlot? slot)
    {
        int index = (int)(token % count);
        slot = token >= 0 && index < _all.Count && _all[index] is var found && found.Id != 0 && found.Token == token ? found : null;
        return slot is not null;
    }

    /// <param name="isAnswered">The one answer that can come has come. Otherwise one that comes late must not be taken for the next message's.</param>
    /// <param name="slot">The slot.</param>
    public void Return(PublishSlot slot, bool isAnswered)
    {
        if (!isAnswered)
            Address(slot, slot.Token + count);
        slot.End();
        _free.Push(slot);
    }

    private void Address(PublishSlot slot, long token)
    {
        slot.Token = token;
        slot.ReplyTo = Encoding.UTF8.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{inbox}.{token}"));
    }
}
