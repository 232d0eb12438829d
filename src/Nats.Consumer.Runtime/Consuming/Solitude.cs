namespace Nats.Consumer.Consuming;

/// <summary>
/// Handlers of a worker run side by side, or one of them alone in the whole process: whoever wants to be alone keeps others from beginning, and begins when those that run have ended.
/// </summary>
internal sealed class Solitude(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Turns _turns = new(time);
    private int _running;
    private TaskCompletionSource? _reopened; // while the door is closed
    private TaskCompletionSource? _empty;

    /// <summary>Begins beside others. Whoever has begun calls <see cref="Exit"/>.</summary>
    public ValueTask EnterAsync(CancellationToken cancellationToken) => TryEnter() is { } closed ? EnterAsync(closed, cancellationToken) : ValueTask.CompletedTask;

    public void Exit()
    {
        lock (_gate)
        {
            if (--_running == 0)
                _empty?.TrySetResult();
        }
    }

    /// <summary>Waits for its turn and until nothing else runs, and then runs alone. Others go on after <paramref name="longest"/> even if it has not ended by then.</summary>
    /// <param name="run">What is to run.</param>
    /// <param name="patience">How long to wait for its turn, and then for what runs already.</param>
    /// <param name="longest">How long the others wait.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Whether it could be alone, and so has run.</returns>
    public async ValueTask<bool> RunAloneAsync(Func<ValueTask> run, TimeSpan patience, TimeSpan longest, CancellationToken cancellationToken)
    {
        if (!await _turns.TakeAsync(patience, cancellationToken).ConfigureAwait(false))
            return false;
        bool isAlone = false;
        try
        {
            isAlone = await CloseAsync(patience, cancellationToken).ConfigureAwait(false);
            if (!isAlone)
                return false;
            ITimer timer = time.CreateTimer(static self => ((Solitude)self!).Open(), this, longest, Timeout.InfiniteTimeSpan);
            await using (timer.ConfigureAwait(false))
                await run().ConfigureAwait(false);
            return true;
        }
        finally
        {
            Open();
            if (isAlone)
                _turns.Pass();
            else
                _turns.Refuse(); // or else each that waits would close the door for as long, one after the other, and nothing would begin meanwhile
        }
    }

    private Task? TryEnter()
    {
        lock (_gate)
        {
            if (_reopened is not null)
                return _reopened.Task;
            _running++;
            return null;
        }
    }

    private async ValueTask EnterAsync(Task closed, CancellationToken cancellationToken)
    {
        for (Task? wait = closed; wait is not null; wait = TryEnter())
            await wait.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<bool> CloseAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        Task empty;
        lock (_gate)
        {
            _reopened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _empty = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_running == 0)
                _empty.SetResult();
            empty = _empty.Task;
        }

        try
        {
            await empty.WaitAsync(patience, time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private void Open()
    {
        TaskCompletionSource? reopened;
        lock (_gate)
            (reopened, _reopened, _empty) = (_reopened, null, null);
        reopened?.TrySetResult();
    }
}
