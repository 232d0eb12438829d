using Microsoft.Extensions.Logging;
using Nats.Consumer.Client;
using Core = NATS.Client.Core;

namespace Nats.Consumer.NatsNet.Publishing;

/// <summary>
/// Keeps what is published while the connection is away: in order, within bounds, as long as it is worth sending. NATS.Net would make every publisher wait, without end, and let them go in any order.
/// </summary>
internal sealed class OutageQueue(Core.INatsConnection connection, Courier courier, NatsNetOptions options, ILogger logger)
{
    private readonly TimeProvider _time = options.TimeProvider;
    private readonly Lock _gate = new();
    private readonly Queue<Waiting> _waiting = new();
    private int _bytes;
    private volatile bool _isOpen;
    private long _awaySince = options.TimeProvider.GetTimestamp();
    private TaskCompletionSource? _room;
    private Exception? _closed;

    /// <summary>Whether messages go to NATS.Net at once: it is connected, and nothing waits that came before.</summary>
    public bool IsOpen => _isOpen && connection.ConnectionState == Core.NatsConnectionState.Open;

    /// <summary>The time stamp from which on a message is not worth sending; 0 for never.</summary>
    public long ExpiresAt(TimeSpan timeToSend)
    {
        if (timeToSend <= TimeSpan.Zero)
            return 0;
        long now = _time.GetTimestamp();
        double units = timeToSend.TotalSeconds * _time.TimestampFrequency;
        return units < long.MaxValue - now ? now + (long)units : long.MaxValue;
    }

    public ValueTask AddAsync(Waiting message, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            ThrowIfClosed();
            if (_isOpen && connection.ConnectionState != Core.NatsConnectionState.Open)
                Close();
            if (!_isOpen)
                return TryEnqueue(message) ? ValueTask.CompletedTask : AddWhenRoomAsync(message, cancellationToken);
        }

        return courier.SendAsync(message.Subject, message.ReplyTo, message.Headers, message.Payload, cancellationToken);
    }

    /// <summary>The connection is away: holds everything back, and forgets what belonged to it.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            Close();
            for (int i = _waiting.Count; i > 0; i--)
            {
                if (_waiting.Dequeue() is { DropOnDisconnect: false } message)
                    _waiting.Enqueue(message);
            }

            _bytes = _waiting.Sum(message => message.Size);
        }
    }

    /// <summary>The connection is back: sends what waits, then opens. It stays shut when the connection is away already again, which is told of next.</summary>
    /// <returns>How many messages had expired.</returns>
    public async Task<int> EndAsync()
    {
        int expired = 0;
        while (TryTake(ref expired) is { } message)
        {
            try
            {
                await courier.SendAsync(message.Subject, message.ReplyTo, message.Headers, message.Payload, CancellationToken.None).ConfigureAwait(false);
            }
            catch (NatsException e)
            {
                Log.QueuedMessageLost(logger, message.Subject, e.Message);
            }
        }

        return expired;
    }

    /// <summary>Refuses everything from now on.</summary>
    public void Refuse(Exception reason)
    {
        TaskCompletionSource? room;
        lock (_gate)
        {
            _isOpen = false;
            _closed ??= reason;
            _waiting.Clear();
            (room, _room) = (_room, null);
        }

        room?.TrySetResult();
    }

    private void Close()
    {
        if (_isOpen)
            _awaySince = _time.GetTimestamp();
        _isOpen = false;
    }

    private bool TryEnqueue(Waiting message)
    {
        if (_bytes >= options.MaxPendingBytes)
            return false;
        _waiting.Enqueue(message);
        _bytes += message.Size;
        return true;
    }

    private Waiting? TryTake(ref int expired)
    {
        Waiting? message;
        TaskCompletionSource? room = null;
        lock (_gate)
        {
            long now = _time.GetTimestamp();
            while (_waiting.TryDequeue(out message))
            {
                _bytes -= message.Size;
                if (!message.HasExpired(now))
                    break;
                expired++;
            }

            if (message is null)
                _isOpen = _closed is null && connection.ConnectionState == Core.NatsConnectionState.Open;
            if (_bytes < options.MaxPendingBytes)
                (room, _room) = (_room, null);
        }

        room?.TrySetResult();
        return message;
    }

    private async ValueTask AddWhenRoomAsync(Waiting message, CancellationToken cancellationToken)
    {
        long since = _time.GetTimestamp();
        while (true)
        {
            Task room;
            TimeSpan patience;
            lock (_gate)
            {
                ThrowIfClosed();
                long now = _time.GetTimestamp();
                if (message.HasExpired(now))
                    return;
                if (_isOpen)
                    break;
                if (TryEnqueue(message))
                    return;
                patience = options.OutageTimeout - _time.GetElapsedTime(Math.Max(since, _awaySince), now);
                if (patience <= TimeSpan.Zero)
                {
                    throw new NatsConnectionException(
                        $"The connection has been away for {options.OutageTimeout.TotalSeconds:0.#} s and {_bytes:N0} bytes wait to be sent already; the message was not queued.");
                }

                if (message.ExpiresAt != 0 && _time.GetElapsedTime(now, message.ExpiresAt) is var left && left < patience)
                    patience = left;
                _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                room = _room.Task;
            }

            await room.WaitAsync(patience, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }

        await courier.SendAsync(message.Subject, message.ReplyTo, message.Headers, message.Payload, cancellationToken).ConfigureAwait(false);
    }

    private void ThrowIfClosed()
    {
        if (_closed is not null)
            throw new NatsConnectionException($"The connection is closed: {_closed.Message}", _closed);
    }
}
