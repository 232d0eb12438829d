namespace Nats.Consumer.JetStream;

/// <summary>
/// How many messages to ask for: what is requested and what is buffered together never exceed the window, and it is topped up at half (ADR-37).
/// </summary>
internal sealed class PullWindow(int size)
{
    private readonly Lock _gate = new();
    private int _requested;
    private int _buffered;

    public int Requested
    {
        get
        {
            lock (_gate)
                return _requested;
        }
    }

    /// <summary>How many messages to request now; they count as requested.</summary>
    public int Refill()
    {
        lock (_gate)
        {
            int held = _requested + _buffered;
            if (held > size / 2)
                return 0;
            _requested += size - held;
            return size - held;
        }
    }

    /// <summary>A message came.</summary>
    public void Received()
    {
        lock (_gate)
        {
            _requested = Math.Max(0, _requested - 1);
            _buffered++;
        }
    }

    /// <summary>A message left the buffer.</summary>
    public void Taken()
    {
        lock (_gate)
            _buffered--;
    }

    /// <summary>The server ended a request of which <paramref name="pending"/> messages had not come.</summary>
    public void Returned(int pending)
    {
        lock (_gate)
            _requested = Math.Max(0, _requested - pending);
    }

    /// <summary>Nothing is requested any more.</summary>
    public void Reset()
    {
        lock (_gate)
            _requested = 0;
    }
}
