using System.Diagnostics.CodeAnalysis;
using Nats.Consumer.InMemory.Broker;
using Nats.Consumer.Routing;

namespace Nats.Consumer.InMemory.Streams;

/// <summary>The messages of a stream by sequence and by subject. It knows no limits; <see cref="Removed"/> tells of everything that goes.</summary>
internal sealed class MessageStore(ulong firstSequence, bool isFile)
{
    private readonly List<StoredMessage?> _messages = []; // the first is that of _base
    private readonly Dictionary<byte[], SubjectMessages> _subjects = new(Utf8Comparer.Instance);
    private ulong _base = firstSequence;
    private int _firstIndex;

    /// <summary>A message has gone: by a limit, by age, by hand, or because nobody needs it any more.</summary>
    public event Action<StoredMessage>? Removed;

    public long Count { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>The sequence of the oldest message; without one, of the next. Zero before the first of all.</summary>
    public ulong FirstSequence { get; private set; } = firstSequence > 1 ? firstSequence : 0;

    public ulong LastSequence { get; private set; } = firstSequence - 1;

    /// <summary>When the last message was stored, even if it has gone.</summary>
    public long LastTime { get; private set; }

    public StoredMessage? First => Count > 0 ? _messages[_firstIndex] : null;

    public int SubjectCount => _subjects.Count;

    public IEnumerable<SubjectMessages> Subjects => _subjects.Values;

    public StoredMessage Add(ReadOnlySpan<byte> subject, Envelope message, long time, long expiresAt)
    {
        if (!_subjects.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(subject, out SubjectMessages? same))
        {
            same = new SubjectMessages(subject.ToArray());
            _subjects.Add(same.Utf8, same);
        }

        var stored = new StoredMessage(LastSequence + 1, time, same, message.Headers, message.Payload) { ExpiresAt = expiresAt };
        same.Add(stored);
        _messages.Add(stored);
        LastSequence = stored.Sequence;
        LastTime = time;
        Bytes += SizeOf(stored);
        if (Count++ == 0)
        {
            FirstSequence = stored.Sequence;
            _firstIndex = _messages.Count - 1;
        }

        return stored;
    }

    /// <summary>Uses a sequence without a message.</summary>
    public void Skip(long time)
    {
        _messages.Add(null);
        LastSequence++;
        LastTime = time;
        if (Count == 0)
            FirstSequence = LastSequence + 1;
        DropGoneInFront();
    }

    public StoredMessage? Find(ulong sequence) =>
        sequence >= _base && sequence - _base < (ulong)_messages.Count ? _messages[(int)(sequence - _base)] : null;

    public SubjectMessages? FindSubject(ReadOnlySpan<byte> subject) => _subjects.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(subject, out SubjectMessages? found) ? found : null;

    /// <summary>The first message from a sequence on that is asked for.</summary>
    public bool TryFindNext(ulong from, Predicate<StoredMessage>? filter, [NotNullWhen(true)] out StoredMessage? found)
    {
        for (int i = from <= _base ? 0 : (int)Math.Min(from - _base, (ulong)_messages.Count); i < _messages.Count; i++)
        {
            if (_messages[i] is { } message && (filter is null || filter(message)))
            {
                found = message;
                return true;
            }
        }

        found = null;
        return false;
    }

    public IEnumerable<StoredMessage> From(ulong sequence)
    {
        while (TryFindNext(sequence, null, out StoredMessage? message))
        {
            yield return message;
            sequence = message.Sequence + 1;
        }
    }

    /// <summary>The first message that was stored at a time or later; the next to come when there is none.</summary>
    public ulong SequenceAt(long time) => TryFindNext(0, message => message.Time >= time, out StoredMessage? found) ? found.Sequence : LastSequence + 1;

    public bool Remove(ulong sequence)
    {
        if (Find(sequence) is not { } message)
            return false;
        message.IsRemoved = true;
        _messages[(int)(sequence - _base)] = null;
        message.Subject.Remove(message);
        if (message.Subject.Count == 0)
            _subjects.Remove(message.Subject.Utf8);
        Count--;
        Bytes -= SizeOf(message);
        if (sequence == FirstSequence)
            MoveFirst();
        DropGoneInFront();
        Removed?.Invoke(message);
        return true;
    }

    /// <summary>Lets the next message have this sequence, when there is none left.</summary>
    public void MoveTo(ulong nextSequence)
    {
        _messages.Clear();
        _base = nextSequence;
        _firstIndex = 0;
        FirstSequence = nextSequence;
        LastSequence = nextSequence - 1;
    }

    /// <summary>Sequences between the first and the last that are gone.</summary>
    public IEnumerable<ulong> Gone()
    {
        for (ulong sequence = FirstSequence; Count > 0 && sequence <= LastSequence; sequence++)
        {
            if (Find(sequence) is null)
                yield return sequence;
        }
    }

    /// <summary>What the server counts for a message (nats-server, memStoreMsgSize and fileStoreMsgSize).</summary>
    public long SizeOf(int subject, int headers, int payload) =>
        isFile ? subject + payload + 30 + (headers > 0 ? headers + 4 : 0) : subject + headers + payload + 16;

    private long SizeOf(StoredMessage message) => SizeOf(message.Subject.Utf8.Length, message.Headers.Length, message.Payload.Length);

    private void MoveFirst()
    {
        if (Count == 0)
        {
            FirstSequence = LastSequence + 1;
            _firstIndex = _messages.Count;
            return;
        }

        while (_messages[_firstIndex] is null)
            _firstIndex++;
        FirstSequence = _base + (ulong)_firstIndex;
    }

    // Now and then, so that removing one by one costs the same whatever the number of messages.
    private void DropGoneInFront()
    {
        int gone = Count == 0 ? _messages.Count : _firstIndex;
        if (gone < 1024 || gone < _messages.Count / 2)
            return;
        _messages.RemoveRange(0, gone);
        _base += (ulong)gone;
        _firstIndex -= Math.Min(_firstIndex, gone);
    }
}
