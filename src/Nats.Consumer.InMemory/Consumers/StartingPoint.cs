using System.Diagnostics.CodeAnalysis;
using Nats.Consumer.InMemory.Api;
using Nats.Consumer.InMemory.Streams;

namespace Nats.Consumer.InMemory.Consumers;

/// <summary>Where a new consumer begins.</summary>
internal static class StartingPoint
{
    public static (ulong First, LastPerSubject? LastPerSubject) Of(
        ConsumerConfig config, Filter filter, MessageStore messages, StreamConfig stream, InMemoryServerVersion version)
    {
        LastPerSubject? last = config.DeliverPolicy == DeliverPolicy.LastPerSubject && stream.MaxMsgsPerSubject != 1 ? new LastPerSubject(filter, messages) : null;
        ulong first = config.DeliverPolicy switch
        {
            DeliverPolicy.ByStartSequence => config.OptStartSeq,
            DeliverPolicy.ByStartTime => Go.TryParseTime(config.OptStartTime!, out long time) ? messages.SequenceAt(time) : messages.FirstSequence,
            DeliverPolicy.New => messages.LastSequence + 1,
            DeliverPolicy.Last when filter.IsEverything => messages.LastSequence,
            DeliverPolicy.Last => messages.Subjects.Where(subject => filter.Matches(subject.Utf8)).Select(subject => subject.Last!.Sequence).DefaultIfEmpty().Max(),
            DeliverPolicy.LastPerSubject when last is not null => last.First,
            _ => messages.FirstSequence,
        };

        bool isStated = config.OptStartSeq > 0;
        if (messages.FirstSequence == 0 && (!isStated || !version.MayStartInTheFuture))
            return (1, last);
        if (first > messages.LastSequence && (!isStated || !version.MayStartInTheFuture))
            return (messages.LastSequence + 1, last);
        return (Math.Max(first, messages.FirstSequence), last);
    }
}

/// <summary>The last message of each subject, as they stood when the consumer was made; then everything that has come since.</summary>
internal sealed class LastPerSubject
{
    private readonly List<ulong> _sequences;

    public LastPerSubject(Filter filter, MessageStore messages)
    {
        _sequences = [.. messages.Subjects.Where(subject => filter.Matches(subject.Utf8)).Select(subject => subject.Last!.Sequence).Order()];
        Resume = messages.LastSequence;
        First = _sequences.Count > 0 ? _sequences[0] : messages.LastSequence;
    }

    public ulong First { get; }

    /// <summary>The last sequence that it covers.</summary>
    public ulong Resume { get; }

    public int Count => _sequences.Count;

    public bool IsDone => _sequences.Count == 0;

    public bool TryTake(MessageStore messages, Ledger ledger, [NotNullWhen(true)] out StoredMessage? message)
    {
        message = messages.Find(_sequences[0]);
        _sequences.RemoveAt(0);
        ledger.NextSequence = IsDone ? Resume + 1 : message!.Sequence + 1;
        return message is not null;
    }

    public void PutBack(ulong sequence)
    {
        if (sequence <= Resume)
            _sequences.Insert(0, sequence);
    }

    /// <summary>A message has gone.</summary>
    public void Remove(ulong sequence) => _sequences.Remove(sequence);
}
