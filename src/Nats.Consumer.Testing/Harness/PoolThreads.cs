namespace Nats.Consumer.Testing;

/// <summary>
/// Counts the threads of the pool of which it is known what they do. What the pool has at work beyond them may just have taken something from its queue that belongs to a worker.
/// </summary>
internal static class PoolThreads
{
    private static readonly int Most = MostThreads();
    private static int _known;

    [ThreadStatic]
    private static int _depth;

    /// <summary>How many threads of the pool do something unknown.</summary>
    public static int Unknown
    {
        get
        {
            ThreadPool.GetAvailableThreads(out int free, out _);
            return Math.Max(0, Most - free - Volatile.Read(ref _known));
        }
    }

    /// <summary>This thread begins with something known.</summary>
    public static void Enter()
    {
        if (_depth++ == 0)
            Interlocked.Increment(ref _known);
    }

    /// <summary>This thread has done it.</summary>
    public static void Leave()
    {
        if (--_depth == 0)
            Interlocked.Decrement(ref _known);
    }

    private static int MostThreads()
    {
        ThreadPool.GetMaxThreads(out int most, out _);
        return most;
    }
}
