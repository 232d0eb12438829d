namespace Nats.Consumer.Testing;

public sealed partial class ConsumerHarness
{
    private static readonly TimeSpan SettleLimit = TimeSpan.FromDays(1);

    /// <summary>
    /// Waits until nothing goes on any more before the clock is moved: everything that was published is delivered and handled, as far as it can be, and what remains waits for a time. No time passes.
    /// </summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ConsumerHarnessException">The worker has given up, or does not come to rest within <see cref="ConsumerHarnessOptions.Patience"/>.</exception>
    public Task WaitUntilIdleAsync(CancellationToken cancellationToken = default) => ApartAsync(() => WaitUntilIdle(cancellationToken), cancellationToken);

    /// <summary>
    /// Moves the clock, and lets the worker and the server do what falls due, one thing after the other, each at its time.
    /// </summary>
    /// <param name="by">How far.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ConsumerHarnessException">The worker has given up, or does not come to rest.</exception>
    public Task AdvanceAsync(TimeSpan by, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        return ApartAsync(
            () =>
            {
                Idle(null, cancellationToken);
                DateTimeOffset until = Time.GetUtcNow() + by;
                while (Time.TryStep(until))
                    Idle(null, cancellationToken);
                WaitUntilIdle(cancellationToken);
            },
            cancellationToken);
    }

    /// <summary>Moves the clock from one thing that falls due to the next, until a condition holds.</summary>
    /// <param name="condition">The condition. It is asked whenever the worker is idle, on another thread.</param>
    /// <param name="limit">How far at the most. Default: a day.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How far the clock was moved.</returns>
    /// <exception cref="ConsumerHarnessException">The condition does not come true, the worker has given up, or does not come to rest.</exception>
    public async Task<TimeSpan> AdvanceUntilAsync(Func<bool> condition, TimeSpan? limit = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(condition);
        DateTimeOffset start = Time.GetUtcNow();
        DateTimeOffset end = start + (limit ?? SettleLimit);
        await ApartAsync(
            () =>
            {
                WaitUntilIdle(cancellationToken);
                while (!condition())
                {
                    if (!Time.TryStep(end))
                        throw Failure($"What was waited for did not happen within {limit ?? SettleLimit}.");
                    WaitUntilIdle(cancellationToken);
                }
            },
            cancellationToken).ConfigureAwait(false);
        return Time.GetUtcNow() - start;
    }

    /// <summary>
    /// Moves the clock until everything is settled: no consumer of the server has anything to deliver, and nothing that was delivered is open. Retries are run to their end in this way, however long they take.
    /// </summary>
    /// <param name="limit">How far at the most. Default: a day.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How far the clock was moved.</returns>
    /// <exception cref="ConsumerHarnessException">Something stays unsettled, the worker has given up, or does not come to rest.</exception>
    public Task<TimeSpan> AdvanceUntilSettledAsync(TimeSpan? limit = null, CancellationToken cancellationToken = default) =>
        AdvanceUntilAsync(() => _servers.All.All(server => server.HasSettledAll), limit, cancellationToken);

    // The pool's threads are the worker's: who waits for them to come to rest must not be one of them.
    private static Task ApartAsync(Action action, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(action, cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void WaitUntilIdle(CancellationToken cancellationToken)
    {
        Idle(null, cancellationToken);
        if (_worker?.Health.Look().Failure is { } failure)
            throw Failure($"The worker has given up: {failure}");
    }

    private void Idle(Task? orUntil, CancellationToken cancellationToken)
    {
        try
        {
            _idleness.Wait(orUntil, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw Failure(e.Message, e);
        }
    }

    /// <summary>Waits for a task, and moves the clock if that is what it waits for.</summary>
    private async Task DriveAsync(Task task, TimeSpan limit, CancellationToken cancellationToken)
    {
        DateTimeOffset end = Time.GetUtcNow() + limit;
        await ApartAsync(
            () =>
            {
                while (true)
                {
                    Idle(task, cancellationToken);
                    if (task.IsCompleted)
                        break;
                    if (!Time.TryStep(end))
                        throw Failure($"What the harness does was not done after {limit} of its clock's time.");
                }
            },
            cancellationToken).ConfigureAwait(false);
        await task.ConfigureAwait(false);
    }
}
