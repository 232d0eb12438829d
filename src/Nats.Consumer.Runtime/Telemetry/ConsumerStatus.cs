using Nats.Consumer.JetStream;

namespace Nats.Consumer.Telemetry;

/// <summary>How a running consumer is doing, for metrics and health. Written on the way of each message, read now and then.</summary>
internal sealed class ConsumerStatus(string consumer, string stream, string durable, int workers)
{
    private Slot[] _workers = [.. Enumerable.Range(0, workers).Select(_ => new Slot())];
    private long _pending;
    private long _lastReceived;
    private int _buffered;
    private int _inFlight;
    private volatile string? _trouble;
    private volatile bool _isSaturated;
    private volatile bool _hasEnded;

    public string Consumer => consumer;

    public string Stream => stream;

    public string Durable => durable;

    /// <summary>How many messages the consumer has still to get, as of the last one that came or the last time that the server was asked.</summary>
    public long Pending
    {
        get => Volatile.Read(ref _pending);
        set => Volatile.Write(ref _pending, value);
    }

    /// <summary>Messages that wait here for a handler.</summary>
    public int Buffered => Volatile.Read(ref _buffered);

    /// <summary>Messages whose handlers run.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>When the last message came, as a timestamp of the clock; 0 before.</summary>
    public long LastReceived => Volatile.Read(ref _lastReceived);

    /// <summary>Why nothing is consumed at present; <see langword="null"/> when all is well.</summary>
    public string? Trouble
    {
        get => _trouble;
        set => _trouble = value;
    }

    /// <summary>Whether nothing is delivered because as many messages as allowed are unsettled.</summary>
    public bool IsSaturated
    {
        get => _isSaturated;
        set => _isSaturated = value;
    }

    /// <summary>Whether it consumes no more, for good.</summary>
    public bool HasEnded
    {
        get => _hasEnded;
        set => _hasEnded = value;
    }

    /// <summary>Since when the longest-running handler runs, as a timestamp of the clock; 0 when none runs.</summary>
    public long OldestStart
    {
        get
        {
            long oldest = 0;
            foreach (Slot worker in Volatile.Read(ref _workers))
            {
                long started = Volatile.Read(ref worker.StartedAt);
                if (started != 0 && (oldest == 0 || started < oldest))
                    oldest = started;
            }

            return oldest;
        }
    }

    /// <summary>There are more workers now, or as many.</summary>
    public void MakeRoomFor(int workers)
    {
        Slot[] now = _workers;
        if (workers > now.Length)
            Volatile.Write(ref _workers, [.. now, .. Enumerable.Range(0, workers - now.Length).Select(_ => new Slot())]);
    }

    public void Received(in AckSubject ack, long now)
    {
        Volatile.Write(ref _pending, (long)ack.Pending);
        Volatile.Write(ref _lastReceived, now);
        Interlocked.Increment(ref _buffered);
        if (ack.Delivered > 1)
            ConsumerInstruments.Redelivered(this);
    }

    /// <summary>Messages have left the buffer without being handled.</summary>
    public void Discarded() => Interlocked.Decrement(ref _buffered);

    public void Started(int worker, int messages, long now)
    {
        Interlocked.Add(ref _buffered, -messages);
        Interlocked.Add(ref _inFlight, messages);
        Volatile.Write(ref _workers[worker].StartedAt, now);
    }

    public void Ended(int worker, int messages)
    {
        Volatile.Write(ref _workers[worker].StartedAt, 0);
        Interlocked.Add(ref _inFlight, -messages);
    }

    /// <summary>A message waits again, for another attempt here.</summary>
    public void Parked() => Interlocked.Increment(ref _buffered);

    private sealed class Slot
    {
        public long StartedAt;
    }
}
