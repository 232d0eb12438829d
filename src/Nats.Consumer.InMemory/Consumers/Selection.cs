using System.Diagnostics.CodeAnalysis;
using Nats.Consumer.InMemory.Streams;

namespace Nats.Consumer.InMemory.Consumers;

/// <summary>Chooses what a consumer delivers next.</summary>
/// <param name="consumer">The consumer.</param>
/// <param name="redeliveries">What it is to deliver again.</param>
/// <param name="lastPerSubject">The last messages of the subjects, with which it begins; <see langword="null"/> when it does not.</param>
internal sealed class Selection(ServerConsumer consumer, RedeliveryQueue redeliveries, LastPerSubject? lastPerSubject)
{
    private readonly bool _isLiteral = consumer.Filter.IsLiteral && consumer.Server.Version.KeepsFiltersLiteral;

    private ConsumerConfig Config => consumer.Config;

    private Ledger Ledger => consumer.Ledger;

    /// <summary>The next message: one to be delivered again before one that is new.</summary>
    /// <param name="message">The message.</param>
    /// <param name="deliveries">How often it will have been delivered.</param>
    /// <param name="isEnd">When there is none: whether nothing is left, rather than too much unacknowledged.</param>
    public bool TryNext([NotNullWhen(true)] out StoredMessage? message, out ulong deliveries, out bool isEnd)
    {
        isEnd = true;
        if (TryNextRedelivery(out message, out deliveries))
            return true;
        deliveries = 1;
        if (Config.MaxAckPending > 0 && Ledger.PendingCount >= Config.MaxAckPending && consumer.NeedsAck)
        {
            isEnd = false;
            return false;
        }

        if (lastPerSubject is { IsDone: false } last)
            return last.TryTake(consumer.Stream.Messages, Ledger, out message);
        bool found = consumer.Stream.Messages.TryFindNext(Ledger.NextSequence, consumer.Filter.IsEverything ? null : Takes, out message);
        Ledger.NextSequence = Math.Max(Ledger.NextSequence, (found ? message!.Sequence : consumer.Stream.Messages.LastSequence) + 1);
        return found;
    }

    /// <summary>A message could not be delivered after all.</summary>
    public void PutBack(StoredMessage message, ulong deliveries)
    {
        if (deliveries == 1 && message.Sequence == Ledger.NextSequence - 1)
        {
            Ledger.NextSequence--;
            lastPerSubject?.PutBack(message.Sequence);
        }
        else
        {
            if (deliveries > 1)
                Ledger.UncountRedelivery(message.Sequence);
            redeliveries.Add(message.Sequence);
        }
    }

    private bool Takes(StoredMessage message) => _isLiteral ? consumer.Filter.MatchesLiterally(message.Subject.Utf8) : consumer.Filter.Matches(message.Subject.Utf8);

    private bool TryNextRedelivery([NotNullWhen(true)] out StoredMessage? message, out ulong deliveries)
    {
        while (redeliveries.TryTake(out ulong sequence))
        {
            deliveries = Ledger.CountRedelivery(sequence) + 1;
            if (Config.MaxDeliver > 0 && deliveries > (ulong)Config.MaxDeliver)
            {
                if (deliveries == (ulong)Config.MaxDeliver + 1)
                    consumer.Server.Events.OnMaxDeliveries(consumer, sequence, deliveries - 1);
                Ledger.GiveUp(sequence, consumer.Server.Version.RaisesFloorOverGivenUp);
                continue;
            }

            message = consumer.Stream.Messages.Find(sequence);
            if (message is not null)
                return true;
            Ledger.UncountRedelivery(sequence);
        }

        message = null;
        deliveries = 0;
        return false;
    }
}
