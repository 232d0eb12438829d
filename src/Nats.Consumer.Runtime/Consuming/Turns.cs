namespace Nats.Consumer.Consuming;

/// <summary>One at a time, in the order of arrival, and nobody waits for longer than it wants to.</summary>
internal sealed class Turns(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Queue<TaskCompletionSource<bool>> _waiting = new();
    private bool _isTaken;

    /// <returns>Whether it is one's turn. Whoever has it calls <see cref="Pass"/> or <see cref="Refuse"/>.</returns>
    public async ValueTask<bool> TakeAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        TaskCompletionSource<bool> turn;
        lock (_gate)
        {
            if (!_isTaken)
                return _isTaken = true;
            _waiting.Enqueue(turn = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        try
        {
            return await turn.Task.WaitAsync(patience, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            turn.TrySetResult(false); // unless it has come at this very moment
            return await turn.Task.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            if (!turn.TrySetResult(false) && await turn.Task.ConfigureAwait(false))
                Pass();
            throw;
        }
    }

    /// <summary>It is the turn of the next one.</summary>
    public void Pass()
    {
        lock (_gate)
        {
            while (_waiting.TryDequeue(out TaskCompletionSource<bool>? next))
            {
                if (next.TrySetResult(true))
                    return;
            }

            _isTaken = false;
        }
    }

    /// <summary>All that wait are sent away, and whoever comes next takes its turn.</summary>
    public void Refuse()
    {
        lock (_gate)
        {
            while (_waiting.TryDequeue(out TaskCompletionSource<bool>? next))
                next.TrySetResult(false);
            _isTaken = false;
        }
    }
}
