using System.Threading.Channels;
using Nats.Consumer.Routing;

namespace Nats.Consumer.Consuming;

/// <summary>Which lane a message belongs to.</summary>
internal delegate ReadOnlySpan<byte> LaneKey(InboundMessage message);

/// <summary>
/// Keeps messages of one key in order while those of others go on: of each lane one message at a time is ready, and the next one when it is done. A message that failed is parked for its delay, and its
/// lane with it. How much waits is bounded by what the server has outstanding (<c>max_ack_pending</c>).
/// </summary>
internal sealed class Lanes
{
    private readonly LaneKey _key;
    private readonly TimeProvider _time;
    private readonly Channel<InboundMessage> _ready = Channel.CreateUnbounded<InboundMessage>();
    private readonly Lock _gate = new();
    private readonly Dictionary<byte[], Lane> _lanes = new(Utf8Comparer.Instance);
    private readonly Dictionary<byte[], Lane>.AlternateLookup<ReadOnlySpan<byte>> _byKey;
    private bool _closed;

    public Lanes(LaneKey key, TimeProvider time)
    {
        _key = key;
        _time = time;
        _byKey = _lanes.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>The messages whose turn it is. Whoever takes one out calls <see cref="Done"/> or <see cref="Park"/>.</summary>
    public ChannelReader<InboundMessage> Ready => _ready.Reader;

    /// <returns>Whether it was taken; not, when the lanes are closed.</returns>
    public bool Add(InboundMessage message)
    {
        lock (_gate)
        {
            if (_closed)
                return false;
            message.IsWaiting = true;
            if (_byKey.TryGetValue(_key(message), out Lane? lane))
            {
                lane.Waiting.Enqueue(message);
                return true;
            }

            _byKey[_key(message)] = new Lane();
            _ready.Writer.TryWrite(message);
            return true;
        }
    }

    /// <summary>A message is over: the next one of its lane has its turn. Called before the message is used again.</summary>
    public void Done(InboundMessage message)
    {
        lock (_gate)
        {
            if (_byKey[_key(message)].Waiting.TryDequeue(out InboundMessage? next))
                _ready.Writer.TryWrite(next);
            else
                _byKey.Remove(_key(message));
        }
    }

    /// <summary>Lets a message, and its lane, wait for another attempt.</summary>
    /// <returns>Whether it waits; not, when the lanes are closed.</returns>
    public bool Park(InboundMessage message, TimeSpan delay)
    {
        lock (_gate)
        {
            if (_closed)
                return false;
            (message.IsWaiting, message.IsStarted) = (true, false);
            Lane lane = _byKey[_key(message)];
            lane.Parked = message;
            Wait(lane, delay);
            return true;
        }
    }

    /// <summary>Ends it.</summary>
    /// <returns>What has not begun, each lane in order.</returns>
    public IReadOnlyList<InboundMessage> Close()
    {
        lock (_gate)
        {
            _closed = true;
            var left = new List<InboundMessage>();
            while (_ready.Reader.TryRead(out InboundMessage? message))
                left.Add(message);
            foreach (Lane lane in _lanes.Values)
            {
                lane.Timer?.Dispose();
                if (lane.Parked is { } parked)
                    left.Add(parked);
                left.AddRange(lane.Waiting);
                lane.Parked = null;
                lane.Waiting.Clear();
            }

            _ready.Writer.Complete();
            return left;
        }
    }

    // It fires once, and holds what it needs itself. What is longer than a timer can be is waited for in parts.
    private void Wait(Lane lane, TimeSpan delay)
    {
        TimeSpan now = delay < Timers.Longest ? delay : Timers.Longest;
        lane.Timer = _time.CreateTimer(_ => Unpark(lane, delay - now), null, now, Timeout.InfiniteTimeSpan);
    }

    private void Unpark(Lane lane, TimeSpan more)
    {
        lock (_gate)
        {
            lane.Timer?.Dispose();
            if (more > TimeSpan.Zero && lane.Parked is not null)
            {
                Wait(lane, more);
                return;
            }

            (InboundMessage? message, lane.Parked, lane.Timer) = (lane.Parked, null, null);
            if (message is not null)
                _ready.Writer.TryWrite(message);
        }
    }

    private sealed class Lane
    {
        public Queue<InboundMessage> Waiting { get; } = new();

        public InboundMessage? Parked { get; set; }

        public ITimer? Timer { get; set; }
    }
}
