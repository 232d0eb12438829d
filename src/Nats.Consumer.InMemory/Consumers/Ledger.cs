using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nats.Consumer.InMemory.Consumers;

/// <summary>
/// What a consumer knows of its deliveries: how far it is, what is not acknowledged, what was delivered again. There are two ack floors, as in the server: the one that it works with, and
/// the one that it records and, since 2.10, tells.
/// </summary>
internal sealed class Ledger
{
    private readonly Dictionary<ulong, Pending> _pending = [];
    private readonly Dictionary<ulong, ulong> _redelivered = [];

    public Ledger(ulong firstSequence)
    {
        NextSequence = firstSequence;
        Floor = new Position(0, firstSequence - 1);
        RecordedFloor = Floor;
        Recorded = Floor;
    }

    /// <summary>The sequence of the stream from which on the next message is looked for.</summary>
    public ulong NextSequence { get; set; }

    /// <summary>The number of the next delivery.</summary>
    public ulong NextDelivery { get; private set; } = 1;

    public Position Floor { get; private set; }

    public Position RecordedFloor { get; private set; }

    /// <summary>The last delivery as it is recorded.</summary>
    public Position Recorded { get; private set; }

    public int PendingCount => _pending.Count;

    public IEnumerable<ulong> Pending => _pending.Keys;

    /// <summary>How many messages were delivered more than once, or given up.</summary>
    public int RedeliveredCount => _redelivered.Count;

    public bool IsPending(ulong sequence) => _pending.ContainsKey(sequence);

    public bool WasRedelivered(ulong sequence) => _redelivered.ContainsKey(sequence);

    /// <summary>How often a message has been delivered again.</summary>
    public ulong Redeliveries(ulong sequence) => _redelivered.GetValueOrDefault(sequence);

    public ulong CountRedelivery(ulong sequence) => ++CollectionsMarshal.GetValueRefOrAddDefault(_redelivered, sequence, out _);

    /// <summary>A redelivery did not happen.</summary>
    public void UncountRedelivery(ulong sequence) => _redelivered[sequence] = Math.Max(1, Redeliveries(sequence)) - 1;

    public void SetRedeliveries(ulong sequence, ulong count) => _redelivered[sequence] = count;

    public void ForgetRedeliveries(ulong sequence) => _redelivered.Remove(sequence);

    /// <summary>The number of the first delivery of a message that is pending.</summary>
    public ulong NumberOf(ulong sequence) => _pending[sequence].Delivery;

    /// <summary>When the ack wait of a message began.</summary>
    public long Since(ulong sequence) => _pending[sequence].Since;

    public void SetSince(ulong sequence, long time)
    {
        ref Pending pending = ref CollectionsMarshal.GetValueRefOrNullRef(_pending, sequence);
        if (!Unsafe.IsNullRef(ref pending))
            pending.Since = time;
    }

    /// <summary>A message goes out.</summary>
    /// <returns>The number of the delivery.</returns>
    public ulong Deliver(ulong sequence, bool needsAck, long now)
    {
        ulong delivery = NextDelivery++;
        Recorded = new Position(Math.Max(Recorded.Consumer, delivery), Math.Max(Recorded.Stream, sequence));
        if (!needsAck)
        {
            Floor = new Position(delivery, sequence);
            RecordedFloor = Recorded;
            return delivery;
        }

        ref Pending pending = ref CollectionsMarshal.GetValueRefOrAddDefault(_pending, sequence, out bool exists);
        if (!exists)
            pending.Delivery = delivery; // a redelivery keeps the number of the first
        pending.Since = now;
        return delivery;
    }

    /// <summary>A message is acknowledged, by itself.</summary>
    /// <returns>Whether it was pending.</returns>
    public bool Settle(ulong sequence)
    {
        _redelivered.Remove(sequence);
        if (!_pending.Remove(sequence, out Pending pending))
            return false;
        var settled = new Position(pending.Delivery, sequence);
        Floor = Moved(Floor, settled, Last);
        if (settled.Consumer > RecordedFloor.Consumer)
            RecordedFloor = Moved(RecordedFloor, settled, Recorded);
        return true;
    }

    /// <summary>A message that is not pending is acknowledged.</summary>
    public void RaiseFloor(Position settled) => Floor = Moved(Floor, settled, Last);

    /// <summary>A message and all before it are acknowledged.</summary>
    /// <returns>Those that were pending.</returns>
    public ulong[] SettleAll(Position upTo)
    {
        ulong[] settled = [.. _pending.Keys.Where(sequence => sequence <= upTo.Stream).Order()];
        foreach (ulong sequence in settled)
        {
            _pending.Remove(sequence);
            _redelivered.Remove(sequence);
        }

        _redelivered.Remove(upTo.Stream);
        Floor = upTo;
        if (upTo.Consumer > RecordedFloor.Consumer)
            RecordedFloor = upTo;
        return settled;
    }

    /// <summary>A message is delivered no more, though it was not acknowledged.</summary>
    public void GiveUp(ulong sequence, bool raisesFloor)
    {
        if (_pending.Remove(sequence, out Pending pending) && raisesFloor)
            Floor = Moved(Floor, new Position(pending.Delivery, sequence), Last);
    }

    /// <summary>What lies below does not exist any more.</summary>
    public void Forget(ulong sequence)
    {
        _redelivered.Remove(sequence);
        if (_pending.Remove(sequence, out Pending pending))
            Floor = new Position(Math.Max(Floor.Consumer, pending.Delivery), Math.Max(Floor.Stream, sequence));
    }

    /// <summary>When nothing is pending any more, the floor is the last delivery.</summary>
    public void RaiseFloorIfNothingPending()
    {
        if (_pending.Count == 0)
            Floor = Last;
    }

    /// <summary>What is recorded becomes what is known.</summary>
    public void Record()
    {
        Recorded = Last;
        RecordedFloor = Floor;
    }

    /// <summary>Nothing is pending any more; the floor is what lies before the stream's new beginning.</summary>
    public void ForgetPending(ulong first)
    {
        _pending.Clear();
        if (Floor.Stream < first)
            Floor = new Position(NextDelivery - 1, first - 1);
    }

    public void ForgetAllRedeliveries() => _redelivered.Clear();

    /// <summary>The stream begins at a later sequence.</summary>
    public void SkipTo(ulong sequence)
    {
        NextSequence = Math.Max(NextSequence, sequence);
        if (Floor.Stream < sequence)
            Floor = Floor with { Stream = sequence - 1 };
    }

    private Position Last => new(NextDelivery - 1, NextSequence - 1);

    // The floor rises only over what was delivered next after it, then up to the next that is pending.
    private Position Moved(Position floor, Position settled, Position last)
    {
        if (_pending.Count == 0)
            return last;
        if (settled.Consumer != floor.Consumer + 1)
            return floor;
        for (ulong sequence = settled.Stream + 1; sequence <= last.Stream; sequence++)
        {
            if (_pending.TryGetValue(sequence, out Pending next))
                return new Position(next.Delivery - 1, sequence - 1);
        }

        return settled;
    }
}

/// <summary>A delivery that is not acknowledged.</summary>
internal struct Pending
{
    /// <summary>Its number; the first of several.</summary>
    public ulong Delivery;

    /// <summary>When its ack wait began, in nanoseconds of Unix time.</summary>
    public long Since;
}
