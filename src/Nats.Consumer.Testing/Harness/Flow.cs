namespace Nats.Consumer.Testing;

/// <summary>
/// Knows which threads of the pool run code of the worker at the moment: all that the worker sets going inherits an execution context, and the platform tells of each thread that enters or leaves it.
/// Threads of somebody's own, such as a logger's, do not count.
/// </summary>
internal sealed class Flow
{
    private static readonly AsyncLocal<Flow?> Current = new(OnChanged);
    private int _executing;
    private long _entries;

    public int Executing => Volatile.Read(ref _executing);

    /// <summary>How often a thread has entered.</summary>
    public long Entries => Volatile.Read(ref _entries);

    /// <summary>Runs something, and all that it sets going, in this flow.</summary>
    public async Task RunAsync(Func<Task> action)
    {
        Current.Value = this; // until this method returns
        await action().ConfigureAwait(false);
    }

    private static void OnChanged(AsyncLocalValueChangedArgs<Flow?> change)
    {
        if (change.PreviousValue == change.CurrentValue || !Thread.CurrentThread.IsThreadPoolThread)
            return;
        if (change.PreviousValue is { } left)
        {
            Interlocked.Decrement(ref left._executing);
            PoolThreads.Leave();
        }

        if (change.CurrentValue is { } entered)
        {
            PoolThreads.Enter();
            Interlocked.Increment(ref entered._entries);
            Interlocked.Increment(ref entered._executing);
        }
    }
}
