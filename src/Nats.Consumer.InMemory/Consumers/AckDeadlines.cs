using Nats.Consumer.InMemory.Broker;

namespace Nats.Consumer.InMemory.Consumers;

/// <summary>Looks after what is not acknowledged in time: it is delivered again, or given up when it has been delivered often enough.</summary>
internal sealed class AckDeadlines
{
    private readonly ServerConsumer _consumer;
    private readonly RedeliveryQueue _redeliveries;
    private readonly Alarm _alarm;

    public AckDeadlines(ServerConsumer consumer, RedeliveryQueue redeliveries)
    {
        _consumer = consumer;
        _redeliveries = redeliveries;
        _alarm = new Alarm(consumer.Server.Broker.Schedule, OnDue);
    }

    /// <summary>When the last of them ends; zero when nothing is pending.</summary>
    public long Last => Ledger.Pending.Select(Of).DefaultIfEmpty().Max();

    private ConsumerConfig Config => _consumer.Config;

    private Ledger Ledger => _consumer.Ledger;

    private long Now => _consumer.Server.Broker.Now;

    /// <summary>A message has gone out, or its wait has begun anew.</summary>
    public void Delivered(ulong sequence)
    {
        if (Config.AckWait > 0)
            _alarm.SetNoLaterThan(Of(sequence));
    }

    /// <summary>The waits have changed.</summary>
    public void Set()
    {
        long next = Alarm.Never;
        foreach (ulong sequence in Ledger.Pending)
        {
            if (!_redeliveries.Contains(sequence))
                next = Math.Min(next, Of(sequence));
        }

        if (next == Alarm.Never || Config.AckWait <= 0)
            _alarm.Stop();
        else
            _alarm.Set(next);
    }

    public void Stop() => _alarm.Stop();

    // The back-off, where there is one, takes the place of the ack wait: one value for each redelivery, the last for all others.
    private long Of(ulong sequence)
    {
        long wait = Config.Backoff is { Count: > 0 } backoff ? backoff[(int)Math.Min(Ledger.Redeliveries(sequence), (ulong)backoff.Count - 1)] : Config.AckWait;
        return Ledger.Since(sequence) + wait;
    }

    private void OnDue()
    {
        long now = Now;
        ulong[] expired = [.. Ledger.Pending.Where(sequence => !_redeliveries.Contains(sequence) && Of(sequence) <= now).Order()];
        foreach (ulong sequence in expired)
        {
            if (_consumer.Server.Version.GivesUpWithoutPull && TryGiveUp(sequence))
                continue;
            _redeliveries.Add(sequence);
        }

        if (expired.Length > 0)
            _consumer.Signal();
        if (_consumer.Server.Version.GivesUpWithoutPull)
            Ledger.RaiseFloorIfNothingPending();
        Set();
    }

    // As in the server, only messages whose deliveries were counted before are given up here; the others when they would be delivered once more.
    private bool TryGiveUp(ulong sequence)
    {
        ulong counted = Math.Max(1, Ledger.Redeliveries(sequence));
        if (Config.MaxDeliver <= 0 || counted < (ulong)Config.MaxDeliver)
            return false;
        if (counted == (ulong)Config.MaxDeliver)
            _consumer.Server.Events.OnMaxDeliveries(_consumer, sequence, counted);
        Ledger.GiveUp(sequence, raisesFloor: true);
        Ledger.SetRedeliveries(sequence, counted);
        return true;
    }
}
