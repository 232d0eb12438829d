namespace Nats.Consumer.Client.Wire;

/// <summary>
/// What waits to be sent. Publishers copy their bytes in under one lock; one sender takes all that is there and sends it in one go. While the receive loop works
/// through a batch the outbox is corked, so that the acks of the batch leave together.
/// </summary>
internal sealed class Outbox(int maxPendingBytes, TimeSpan outageTimeout, TimeProvider time)
{
    // A cork does not hold back more than a packet train is worth.
    private const int SendAnyway = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly Signal _signal = new();
    private OutboxBuffer _queued = new();
    private OutboxBuffer _sending = new();
    private TaskCompletionSource? _room;
    private int _corks;
    private bool _senderWaits = true;
    private bool _paused = true;
    private long _pausedAt = time.GetTimestamp();
    private int _outages;
    private Exception? _closed;

    /// <summary>Bytes that wait to be sent.</summary>
    public int Pending
    {
        get
        {
            lock (_gate)
                return _queued.Length;
        }
    }

    public ValueTask PublishAsync(in OutgoingMessage message, CancellationToken cancellationToken)
    {
        int headerLength = message.Headers is null ? 0 : HeaderBlock.Length(message.Headers);
        int size = CommandWriter.MaxLength(message, headerLength);
        long expiresAt = ExpiresAt(message.TimeToSend);
        byte[]? waiting = null;
        bool wake = false;
        int outages;
        lock (_gate)
        {
            ThrowIfClosed();
            outages = _outages;
            if (_queued.Length < maxPendingBytes)
            {
                int written = CommandWriter.WritePublish(message, headerLength, _queued.Reserve(size));
                _queued.Commit(written, message.DropOnDisconnect, expiresAt);
                wake = TakeSender();
            }
            else
            {
                waiting = new byte[size];
                Array.Resize(ref waiting, CommandWriter.WritePublish(message, headerLength, waiting));
            }
        }

        if (waiting is not null)
            return AppendWhenRoomAsync(waiting, message.DropOnDisconnect, expiresAt, outages, cancellationToken);
        if (wake)
            _signal.Set();
        return ValueTask.CompletedTask;
    }

    /// <summary>Queues a command of the connection itself (SUB, UNSUB, PING, PONG). It is not held back, and dropped on a disconnect.</summary>
    /// <returns>Whether it was queued; nothing is while the connection is away.</returns>
    public bool WriteCommand(ReadOnlySpan<byte> command)
    {
        bool wake;
        lock (_gate)
        {
            if (_closed is not null || _paused)
                return false;
            _queued.Append(command, dropOnDisconnect: true, expiresAt: 0);
            wake = TakeSender();
        }

        if (wake)
            _signal.Set();
        return true;
    }

    public void Cork()
    {
        lock (_gate)
            _corks++;
    }

    public void Uncork()
    {
        bool wake;
        lock (_gate)
        {
            _corks--;
            wake = _queued.Length > 0 && TakeSender();
        }

        if (wake)
            _signal.Set();
    }

    /// <summary>Waits until there may be something to take. One sender at a time.</summary>
    public void Wait() => _signal.Wait();

    /// <returns>Whether there may be something to take, before the time was over.</returns>
    public bool Wait(TimeSpan timeout) => _signal.Wait(timeout);

    /// <summary>Ends the wait of the sender.</summary>
    public void Wake() => _signal.Set();

    /// <summary>Takes all that is queued. The memory is valid until the next call.</summary>
    public bool TryTake(out ReadOnlyMemory<byte> batch)
    {
        TaskCompletionSource? room;
        lock (_gate)
        {
            IsSending = false;
            if (_queued.Length == 0 || !MaySend)
            {
                batch = default;
                _senderWaits = true;
                return false;
            }

            _sending.Clear();
            (_queued, _sending) = (_sending, _queued);
            batch = _sending.Content;
            IsSending = true;
            (room, _room) = (_room, null);
        }

        room?.TrySetResult();
        return true;
    }

    /// <summary>The connection was lost: holds everything back, and forgets what belonged to it.</summary>
    public void Pause()
    {
        TaskCompletionSource? room;
        lock (_gate)
        {
            _paused = true;
            _pausedAt = time.GetTimestamp();
            _outages++;
            _queued.DropForDisconnect();
            _sending.Clear();
            (room, _room) = (_room, null);
        }

        room?.TrySetResult();
    }

    /// <summary>The connection is back: forgets what has expired and lets the rest go, after <paramref name="first"/>.</summary>
    /// <returns>How many messages had expired.</returns>
    public int Resume(ReadOnlySpan<byte> first)
    {
        int expired;
        lock (_gate)
        {
            _paused = false;
            expired = _queued.DropExpired(time.GetTimestamp());
            _queued.Prepend(first);
        }

        _signal.Set();
        return expired;
    }

    /// <summary>Whether a batch that was taken may still be on its way into the network.</summary>
    public bool IsSending { get; private set; }

    /// <summary>Refuses everything from now on.</summary>
    public void Close(Exception reason)
    {
        TaskCompletionSource? room;
        lock (_gate)
        {
            _closed ??= reason;
            (room, _room) = (_room, null);
        }

        room?.TrySetResult();
        _signal.Set();
    }

    private bool MaySend => !_paused && (_corks == 0 || _queued.Length >= SendAnyway);

    // Whether the sender must be woken. As long as it finds something it looks again by itself, so most publishers need not.
    private bool TakeSender()
    {
        bool wake = _senderWaits && MaySend;
        _senderWaits &= !wake;
        return wake;
    }

    private async ValueTask AppendWhenRoomAsync(byte[] command, bool dropOnDisconnect, long expiresAt, int outages, CancellationToken cancellationToken)
    {
        long since = time.GetTimestamp();
        while (true)
        {
            Task room;
            TimeSpan patience;
            lock (_gate)
            {
                ThrowIfClosed();
                long now = time.GetTimestamp();
                if ((dropOnDisconnect && outages != _outages) || (expiresAt != 0 && expiresAt <= now))
                    return;
                if (_queued.Length < maxPendingBytes)
                {
                    _queued.Append(command, dropOnDisconnect, expiresAt);
                    break;
                }

                // Slow is not away: the server's back-pressure is passed on for as long as it lasts.
                patience = _paused ? outageTimeout - time.GetElapsedTime(Math.Max(since, _pausedAt), now) : outageTimeout;
                if (patience <= TimeSpan.Zero)
                {
                    throw new NatsConnectionException(
                        $"The connection has been away for {outageTimeout.TotalSeconds:0.#} s and {_queued.Length:N0} bytes wait to be sent already; the message was not queued.");
                }

                if (expiresAt != 0 && time.GetElapsedTime(now, expiresAt) is var left && left < patience)
                    patience = left;
                _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                room = _room.Task;
            }

            // Told of room, or of a disconnect, or out of patience: what that means is looked at again under the lock.
            await room.WaitAsync(patience, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }

        _signal.Set();
    }

    private long ExpiresAt(TimeSpan timeToSend)
    {
        if (timeToSend <= TimeSpan.Zero)
            return 0;
        long now = time.GetTimestamp();
        double units = timeToSend.TotalSeconds * time.TimestampFrequency;
        return units < long.MaxValue - now ? now + (long)units : long.MaxValue;
    }

    private void ThrowIfClosed()
    {
        if (_closed is not null)
            throw new NatsConnectionException($"The connection is closed: {_closed.Message}", _closed);
    }
}
