using System.Diagnostics.CodeAnalysis;

namespace Nats.Consumer.JetStream;

/// <summary>Counts what is on the way, lets publishers in when there is room, and hands results over.</summary>
internal sealed class PublishTally(PublishWindowOptions options) : IThreadPoolWorkItem
{
    private readonly Lock _gate = new();
    private readonly Queue<(PublishResult Result, int Bytes)> _results = new();
    private int _held;
    private long _bytes;
    private long _stored;
    private long _duplicates;
    private long _failed;
    private Exception? _failure;
    private bool _reporting;
    private TaskCompletionSource? _room;
    private TaskCompletionSource? _idle;

    public int Held
    {
        get
        {
            lock (_gate)
                return _held;
        }
    }

    /// <summary>Whether the window has ended with a failure.</summary>
    public bool HasFailed
    {
        get
        {
            lock (_gate)
                return _failure is not null;
        }
    }

    /// <summary>Lets a message in if there is room for it.</summary>
    /// <param name="room">Completes when there is; then ask again. Fails when the window has ended with a failure.</param>
    public bool TryEnter([NotNullWhen(false)] out Task? room)
    {
        lock (_gate)
        {
            if (Failure() is { } failure)
            {
                room = Task.FromException(failure);
                return false;
            }

            if (_held < options.MaxPending && _bytes < options.MaxPendingBytes)
            {
                _held++;
                room = null;
                return true;
            }

            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            room = _room.Task;
            return false;
        }
    }

    /// <summary>A message that was let in has this size.</summary>
    public void Add(int bytes)
    {
        lock (_gate)
            _bytes += bytes;
    }

    /// <summary>A message goes without a result.</summary>
    public void Leave(int bytes)
    {
        lock (_gate)
            Release(bytes);
    }

    /// <summary>A message goes with this result.</summary>
    public void Report(in PublishResult result, int bytes)
    {
        lock (_gate)
        {
            if (!result.IsStored)
                _failed++;
            else if (result.Ack.Duplicate)
                _duplicates++;
            else
                _stored++;

            if (options.OnResult is null)
            {
                _failure ??= result.Error;
                Release(bytes);
                return;
            }

            _results.Enqueue((result, bytes));
            if (_reporting)
                return;
            _reporting = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Nobody waits for room any more.</summary>
    public void Close()
    {
        lock (_gate)
            MakeRoom();
    }

    /// <summary>Waits until nothing is on the way and all results are handed over.</summary>
    /// <exception cref="JetStreamException">A message has failed, and nobody else was told.</exception>
    public async Task<PublishSummary> WhenIdleAsync(CancellationToken cancellationToken)
    {
        Task idle = Task.CompletedTask;
        lock (_gate)
        {
            if (_held > 0)
                idle = (_idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }

        await idle.WaitAsync(cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            ThrowIfFailed();
            return new PublishSummary(_stored, _duplicates, _failed);
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        while (true)
        {
            PublishResult result;
            int bytes;
            lock (_gate)
            {
                if (!_results.TryDequeue(out (PublishResult Result, int Bytes) next))
                {
                    _reporting = false;
                    return;
                }

                (result, bytes) = next;
            }

            Exception? error = Hand(result);
            lock (_gate)
            {
                _failure ??= error;
                Release(bytes);
            }
        }
    }

    private Exception? Hand(in PublishResult result)
    {
        try
        {
            options.OnResult!(result);
            return null;
        }
        catch (Exception e)
        {
            return e; // thrown by whoever publishes or flushes next
        }
    }

    private void Release(int bytes)
    {
        _held--;
        _bytes -= bytes;
        // A publisher that is faster than the stream is let in again when there is some room, not for each message.
        if (_failure is not null || (_held <= options.MaxPending - ((options.MaxPending + 3) / 4) && _bytes <= options.MaxPendingBytes / 4L * 3))
            MakeRoom();
        if (_held > 0)
            return;
        MakeRoom();
        _idle?.TrySetResult();
        _idle = null;
    }

    private void MakeRoom()
    {
        _room?.TrySetResult();
        _room = null;
    }

    private void ThrowIfFailed()
    {
        if (Failure() is { } failure)
            throw failure;
    }

    private JetStreamException? Failure()
    {
        if (_failure is null)
            return null;
        return options.OnResult is not null
            ? new JetStreamException($"{nameof(PublishWindowOptions.OnResult)} threw: {_failure.Message}", _failure)
            : new JetStreamException($"{_failed:N0} of {_failed + _stored + _duplicates:N0} messages were not confirmed. The first: {_failure.Message}", _failure);
    }
}
