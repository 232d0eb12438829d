namespace Nats.Consumer.JetStream;

/// <summary>What to ask for in one pull.</summary>
/// <param name="Batch">How many messages; 0 for no pull at all.</param>
/// <param name="Bytes">How many bytes at the most; 0 for no limit.</param>
internal readonly record struct PullRequest(int Batch, long Bytes)
{
    /// <summary>Whether nothing else is requested, so that the server had no reason to say anything.</summary>
    public bool IsFirst { get; init; }
}

/// <summary>
/// How much to ask for: what is requested and what is buffered together never exceed the window, and it is topped up at half (ADR-37). With a limit in bytes the same holds for them.
/// </summary>
/// <param name="size">Messages.</param>
/// <param name="maxBytes">Bytes; 0 for no limit.</param>
internal sealed class PullWindow(int size, long maxBytes = 0)
{
    private readonly Lock _gate = new();
    private int _requested;
    private int _buffered;
    private long _requestedBytes;
    private long _bufferedBytes;
    private bool _answered;
    private bool _tooLarge;

    public int Requested
    {
        get
        {
            lock (_gate)
                return _requested;
        }
    }

    /// <summary>What to request now; it counts as requested.</summary>
    public PullRequest Refill()
    {
        lock (_gate)
        {
            int held = _requested + _buffered;
            long heldBytes = _requestedBytes + _bufferedBytes;
            if (held > size / 2 || (maxBytes > 0 && heldBytes > maxBytes / 2) || (_tooLarge && held > 0))
                return default;
            // What does not fit into the limit would end every pull that has one: it comes alone, when nothing else is held.
            PullRequest request = _tooLarge ? new(1, 0) : new(size - held, maxBytes > 0 ? maxBytes - heldBytes : 0);
            request = request with { IsFirst = _requested == 0 };
            (_tooLarge, _answered) = (false, false);
            _requested += request.Batch;
            _requestedBytes += request.Bytes;
            return request;
        }
    }

    /// <summary>A message came.</summary>
    /// <param name="bytes">Its size as the server counts it: subject, reply subject, headers and payload (ADR-37).</param>
    public void Received(int bytes)
    {
        lock (_gate)
        {
            Return(1, bytes);
            _buffered++;
            _bufferedBytes += bytes;
            _answered = true;
        }
    }

    /// <summary>A message left the buffer.</summary>
    public void Taken(int bytes)
    {
        lock (_gate)
        {
            _buffered--;
            _bufferedBytes -= bytes;
        }
    }

    /// <summary>The server ended a request of which so much had not come.</summary>
    public void Returned(int messages, long bytes)
    {
        lock (_gate)
            Return(messages, bytes);
    }

    /// <summary>The server ended a request because the next message is larger than what is left of its bytes.</summary>
    public void Exceeded()
    {
        lock (_gate)
            _tooLarge = !_answered;
    }

    /// <summary>Nothing is requested any more.</summary>
    public void Reset()
    {
        lock (_gate)
            (_requested, _requestedBytes) = (0, 0);
    }

    private void Return(int messages, long bytes)
    {
        _requested = Math.Max(0, _requested - messages);
        _requestedBytes = _requested == 0 ? 0 : Math.Max(0, _requestedBytes - bytes);
    }
}
