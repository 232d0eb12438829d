using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nats.Consumer.InMemory.Api;
using Nats.Consumer.InMemory.Broker;

namespace Nats.Consumer.InMemory.Consumers;

/// <summary>Takes what clients say of their messages: ack, nak, in progress, term, and ack with a request for the next.</summary>
internal sealed class Acknowledgements
{
    private readonly ServerConsumer _consumer;
    private readonly RedeliveryQueue _redeliveries;
    private readonly AckDeadlines _deadlines;
    private readonly List<Subscription> _subscriptions = [];

    public Acknowledgements(ServerConsumer consumer, RedeliveryQueue redeliveries, AckDeadlines deadlines)
    {
        _consumer = consumer;
        _redeliveries = redeliveries;
        _deadlines = deadlines;
        if (!consumer.NeedsAck && !consumer.Server.Version.ListensToUnneededAcks)
            return;
        string names = $"{consumer.Stream.Name}.{consumer.Name}";
        Listen($"$JS.ACK.{names}.");
        if (consumer.Server.AckPrefix != "$JS.ACK")
            Listen($"{consumer.Server.AckPrefix}.{names}.");
    }

    private Ledger Ledger => _consumer.Ledger;

    private MessageBroker Broker => _consumer.Server.Broker;

    public void Close() => _subscriptions.ForEach(Broker.Remove);

    /// <summary>A message that was not acknowledged has left the stream.</summary>
    public void OnRemoved(ulong sequence) => End(EndOf(sequence));

    /// <summary>How the end of a message that is pending is told.</summary>
    public AckSubject EndOf(ulong sequence) => new(Math.Max(1, Ledger.Redeliveries(sequence)), sequence, Ledger.NumberOf(sequence));

    public void End(AckSubject ack)
    {
        Ack(ack);
        string reason = _consumer.Server.Version.KnowsTermReasons ? "Unacknowledged message was deleted" : "";
        _consumer.Server.Events.OnTerminated(_consumer, ack, reason);
    }

    private void Listen(string prefix)
    {
        int length = Encoding.UTF8.GetByteCount(prefix);
        var subscription = new ServerSubscription(
            Pattern.TryParse($"{prefix}*.*.*.*.*")!, (ref Routed message) => Receive(AckSubject.Parse(message.Target, length), message.ReplyTo, message.Payload));
        _subscriptions.Add(subscription);
        Broker.Add(subscription);
    }

    private void Receive(AckSubject ack, ReadOnlySpan<byte> replyTo, ReadOnlySpan<byte> payload)
    {
        _consumer.Mode.Used();
        bool answers = ack.StreamSequence > 0;
        if (payload.IsEmpty || payload.SequenceEqual("+ACK"u8) || payload.SequenceEqual("+OK"u8))
        {
            answers &= Ack(ack, isAck: true);
        }
        else if (payload.StartsWith("+NXT"u8))
        {
            Ack(ack, isAck: true);
            (_consumer.Mode as PullMode)?.Ask(replyTo.ToArray(), payload[4..]);
            answers = false;
        }
        else if (payload.StartsWith("-NAK"u8))
        {
            Nak(ack, payload[4..]);
        }
        else if (payload.SequenceEqual("+WPI"u8))
        {
            InProgress(ack);
        }
        else if (payload.SequenceEqual("+TERM"u8) || (payload.StartsWith("+TERM"u8) && _consumer.Server.Version.KnowsTermReasons))
        {
            answers &= Ack(ack);
            _consumer.Server.Events.OnTerminated(_consumer, ack, Encoding.UTF8.GetString(payload[5..]).Trim());
        }

        if (answers && !replyTo.IsEmpty)
            Broker.Send(replyTo, default, default);
    }

    /// <returns>Whether it is confirmed to a client who asks for that.</returns>
    private bool Ack(AckSubject ack, bool isAck = false)
    {
        if (_consumer.Server.Version.IgnoresAcksFromTheFuture && ack.StreamSequence >= Ledger.NextSequence)
            return false;
        _consumer.LastAcknowledged = Broker.Now;
        switch (_consumer.Config.AckPolicy)
        {
            case AckPolicy.Explicit:
                if (isAck && Ledger.IsPending(ack.StreamSequence))
                    _consumer.Server.Events.OnAcknowledged(_consumer, ack, mayBeSampled: true);
                Settle(ack);
                return true;
            case AckPolicy.All:
                AckAll(ack);
                return true;
            default:
                return true;
        }
    }

    private void Settle(AckSubject ack)
    {
        ulong sequence = ack.StreamSequence;
        bool wasFull = IsFull;
        if (!Ledger.Settle(sequence) && _consumer.Server.Version.RaisesFloorOverLateAcks)
            Ledger.RaiseFloor(new Position(ack.ConsumerSequence, sequence));
        _redeliveries.Remove(sequence);
        _consumer.Stream.Acknowledged(sequence);
        if (wasFull)
            _consumer.Signal();
    }

    private void AckAll(AckSubject ack)
    {
        if (ack.ConsumerSequence <= Ledger.Floor.Consumer || ack.StreamSequence <= Ledger.Floor.Stream)
            return;
        _consumer.Server.Events.OnAcknowledged(_consumer, ack, mayBeSampled: false);
        bool wasFull = IsFull;
        foreach (ulong sequence in Ledger.SettleAll(new Position(ack.ConsumerSequence, ack.StreamSequence)))
        {
            _redeliveries.Remove(sequence);
            _consumer.Stream.Acknowledged(sequence);
        }

        _consumer.Stream.Acknowledged(ack.StreamSequence);
        if (wasFull)
            _consumer.Signal();
    }

    private bool IsFull => _consumer.Config.MaxAckPending > 0 && Ledger.PendingCount >= _consumer.Config.MaxAckPending;

    private void InProgress(AckSubject ack)
    {
        if (!Ledger.IsPending(ack.StreamSequence))
            return;
        Ledger.SetSince(ack.StreamSequence, Broker.Now);
        _deadlines.Delivered(ack.StreamSequence);
        _consumer.Server.Events.OnInProgress(_consumer, ack);
    }

    private void Nak(AckSubject ack, ReadOnlySpan<byte> argument)
    {
        bool isKnown = Ledger.IsPending(ack.StreamSequence) || (Ledger.PendingCount == 0 && _consumer.Server.Version.TakesNaksOfOthers);
        if (ack.ConsumerSequence <= Ledger.Floor.Consumer || ack.ConsumerSequence > Ledger.NextDelivery || !isKnown)
            return;
        bool isDelayed = TryReadDelay(argument, out long delay);
        _consumer.Server.Events.OnNak(_consumer, ack, delay);
        if (isDelayed && !Ledger.IsPending(ack.StreamSequence))
            return; // nothing waits
        if (isDelayed)
        {
            // The wait is counted from then on as if the message had been delivered an ack wait before; with a back-off, which counts otherwise, the delay comes out wrong.
            _redeliveries.Remove(ack.StreamSequence);
            Ledger.SetSince(ack.StreamSequence, Broker.Now - _consumer.Config.AckWait + delay);
            _deadlines.Delivered(ack.StreamSequence);
            return;
        }

        _redeliveries.Add(ack.StreamSequence);
        _consumer.Signal();
    }

    private bool TryReadDelay(ReadOnlySpan<byte> argument, out long delay)
    {
        delay = 0;
        ReadOnlySpan<byte> text = argument.Trim(" \t\r\n"u8);
        if (text.IsEmpty)
            return false;
        if (text[0] != (byte)'{')
        {
            if (Go.TryParseDuration(Encoding.UTF8.GetString(text), out delay))
                return true;
        }
        else if (TryReadJson(text, out delay))
        {
            return true;
        }

        Log.BadNakDelay(_consumer.Server.Logger, _consumer.Stream.Name, _consumer.Name, Encoding.UTF8.GetString(text));
        return false;
    }

    private static bool TryReadJson(ReadOnlySpan<byte> text, out long delay)
    {
        delay = 0;
        try
        {
            JsonObject? json = JsonSerializer.Deserialize(text, ApiJson.Default.JsonObject);
            delay = (long?)json?["delay"] ?? 0;
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }
}
