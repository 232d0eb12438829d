using System.Diagnostics;
using Nats.Consumer.Client.Wire;

namespace Nats.Consumer.Client.Connecting;

/// <summary>
/// Stands between the receive loop and a sink. As long as the sink keeps up it is called directly; when it does not, its messages are queued, up to a number of bytes, so that other
/// subscriptions go on. Only beyond that the receive loop is held back, which the server feels as TCP back-pressure. Nothing is dropped.
/// </summary>
internal sealed class SinkQueue(INatsMessageSink sink, int maxPendingBytes, Action<Exception> onError)
{
    private readonly Lock _gate = new();
    private readonly Queue<Copy> _queued = new();
    private int _bytes;
    private bool _busy;
    private bool _closed;
    private volatile bool _calling;
    private volatile bool _ending;
    private int _ended;
    private Exception? _reason;
    private TaskCompletionSource? _room;
    private TaskCompletionSource? _idle;

    /// <summary>Takes one message; called by the receive loop only.</summary>
    /// <returns>Completes when the receive loop may go on.</returns>
    public ValueTask OnMessageAsync(in Frame frame)
    {
        if (Volatile.Read(ref _busy) && TryQueue(frame, out ValueTask room))
            return room;
        ValueTask taken = Call(frame.Subject, frame.ReplyTo, frame.Headers, frame.Payload);
        if (taken.IsCompletedSuccessfully)
        {
            taken.GetAwaiter().GetResult(); // gives a pooled source back
            return ValueTask.CompletedTask;
        }

        Volatile.Write(ref _busy, true);
        _ = PumpAsync(taken);
        return ValueTask.CompletedTask;
    }

    /// <summary>Completes when the sink has taken all that came.</summary>
    public Task WhenIdleAsync()
    {
        lock (_gate)
        {
            if (!_busy)
                return Task.CompletedTask;
            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task;
        }
    }

    /// <summary>Ends it: what is queued is discarded, and the receive loop goes on.</summary>
    public void Close(Exception? reason)
    {
        TaskCompletionSource? room;
        lock (_gate)
        {
            _closed = true;
            _queued.Clear();
            _bytes = 0;
            (room, _room) = (_room, null);
        }

        room?.TrySetResult();
        _reason = reason;
        _ending = true;
        // In the middle of a call the one who makes it closes the sink behind it: nothing comes after the end. The barrier of the whole process, paid at the end of a subscription,
        // spares each call two of its own.
        Interlocked.MemoryBarrierProcessWide();
        if (!_calling)
            CloseSink();
    }

    private bool TryQueue(in Frame frame, out ValueTask room)
    {
        room = default;
        lock (_gate)
        {
            if (!_busy)
                return false; // the sink has caught up meanwhile
            if (_closed)
                return true;
            _queued.Enqueue(new Copy(frame.Subject.ToArray(), frame.ReplyTo.ToArray(), frame.Headers.ToArray(), frame.Payload.ToArray(), frame.Length));
            _bytes += frame.Length;
            if (_bytes > maxPendingBytes)
            {
                Debug.Assert(_room is null, "There is one receive loop, and it waits.");
                _room = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                room = new ValueTask(_room.Task);
            }

            return true;
        }
    }

    private async Task PumpAsync(ValueTask taken)
    {
        while (true)
        {
            try
            {
                await taken.ConfigureAwait(false);
            }
            catch (Exception e)
            {
                onError(e);
            }

            Copy? next;
            TaskCompletionSource? room = null;
            TaskCompletionSource? idle = null;
            lock (_gate)
            {
                if (_queued.TryDequeue(out next))
                {
                    _bytes -= next.Length;
                }
                else
                {
                    _busy = false;
                    (idle, _idle) = (_idle, null);
                }

                if (_bytes <= maxPendingBytes / 2)
                    (room, _room) = (_room, null);
            }

            room?.TrySetResult();
            if (next is null)
            {
                idle?.TrySetResult();
                return;
            }

            taken = Call(next.Subject, next.ReplyTo, next.Headers, next.Payload);
        }
    }

    private ValueTask Call(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> replyTo, ReadOnlySpan<byte> headers, ReadOnlySpan<byte> payload)
    {
        _calling = true;
        try
        {
            return _ending ? ValueTask.CompletedTask : sink.OnMessageAsync(new ReceivedMessage(subject, replyTo, headers, payload));
        }
        catch (Exception e)
        {
            onError(e);
            return ValueTask.CompletedTask;
        }
        finally
        {
            _calling = false;
            if (_ending)
                CloseSink();
        }
    }

    private void CloseSink()
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
            return;
        try
        {
            sink.OnClosed(_reason);
        }
        catch (Exception e)
        {
            onError(e);
        }
    }

    private sealed record Copy(byte[] Subject, byte[] ReplyTo, byte[] Headers, byte[] Payload, int Length);
}
