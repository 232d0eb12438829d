using Nats.Consumer.InMemory.Broker;
using Nats.Consumer.InMemory.Streams;

namespace Nats.Consumer.InMemory.Consumers;

/// <summary>Holds deliveries back: to the rhythm in which the messages were stored (replay policy original), or to a number of bits a second.</summary>
internal sealed class Pace
{
    // What a push consumer may send at once before its limit holds: the server's max_payload.
    private const double Burst = 1024 * 1024;

    private readonly ServerConsumer _consumer;
    private readonly Alarm _alarm;
    private readonly ulong _replayUpTo;
    private long _lastTime;
    private long _heldUntil;
    private double _tokens = Burst;
    private long _refilled;

    public Pace(ServerConsumer consumer)
    {
        _consumer = consumer;
        _alarm = new Alarm(consumer.Server.Broker.Schedule, consumer.Signal);
        _replayUpTo = consumer.Config.ReplayPolicy == ReplayPolicy.Original ? consumer.Stream.Messages.LastSequence : 0;
    }

    public bool Holds => _heldUntil > Now;

    private long Now => _consumer.Server.Broker.Now;

    /// <summary>Whether a message may go out now. Otherwise the consumer is told when it may.</summary>
    public bool Allows(StoredMessage message)
    {
        long since = _lastTime == 0 || message.Sequence > _replayUpTo ? 0 : message.Time - _lastTime;
        if (since > 1_000_000 && _heldUntil == 0)
            return Hold(since);
        if (_consumer.Config.RateLimitBps > 0 && !TakeTokens(message.Payload.Length + message.Headers.Length, out long wait))
            return Hold(wait);
        _heldUntil = 0;
        _lastTime = message.Time;
        return true;
    }

    public void Stop() => _alarm.Stop();

    private bool Hold(long nanoseconds)
    {
        _heldUntil = Now + nanoseconds;
        _alarm.Set(_heldUntil);
        return false;
    }

    private bool TakeTokens(int bytes, out long wait)
    {
        double perSecond = _consumer.Config.RateLimitBps / 8.0;
        _tokens = Math.Min(Burst, _tokens + ((Now - _refilled) / 1e9 * perSecond));
        _refilled = Now;
        wait = (long)Math.Ceiling((bytes - _tokens) / perSecond * 1e9);
        if (_tokens < bytes)
            return false;
        _tokens -= bytes;
        return true;
    }
}
