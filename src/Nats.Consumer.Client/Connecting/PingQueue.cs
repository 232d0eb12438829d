using Nats.Consumer.Client.Wire;

namespace Nats.Consumer.Client.Connecting;

/// <summary>PINGs on the way, answered in order. A PONG proves that the server has handled all that was sent before its PING.</summary>
internal sealed class PingQueue(Outbox outbox)
{
    private readonly Lock _gate = new();
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private Exception? _down = NotOpen();

    public int Count
    {
        get
        {
            lock (_gate)
                return _waiting.Count;
        }
    }

    public Task PingAsync()
    {
        var pong = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_down is not null)
                return Failed(_down);
            // A waiter without a PING would take the PONG of the next one, and so on for ever.
            if (!outbox.WriteCommand("PING\r\n"u8))
                return Failed(NotOpen());
            _waiting.Enqueue(pong);
        }

        return pong.Task;
    }

    public void OnPong()
    {
        TaskCompletionSource? pong;
        lock (_gate)
            _waiting.TryDequeue(out pong);
        pong?.TrySetResult();
    }

    public void Open()
    {
        lock (_gate)
            _down = null;
    }

    /// <summary>The connection is gone: nobody will answer.</summary>
    public void Fail(Exception reason)
    {
        TaskCompletionSource[] waiting;
        lock (_gate)
        {
            _down = reason;
            waiting = [.. _waiting];
            _waiting.Clear();
        }

        foreach (TaskCompletionSource pong in waiting)
        {
            pong.TrySetException(reason);
            _ = pong.Task.Exception; // keep-alive PINGs have no waiter
        }
    }

    private static NatsConnectionException NotOpen() => new("The connection is not open.");

    private static Task Failed(Exception reason)
    {
        var failed = Task.FromException(reason);
        _ = failed.Exception;
        return failed;
    }
}
