namespace Nats.Consumer.Testing;

/// <summary>
/// Counts the threads of the pool of which it is known what they do. What the pool has at work beyond them may just have taken something from its queue that belongs to a worker; or somebody else
/// keeps a thread for long, which is learnt.
/// </summary>
internal static class PoolThreads
{
    private static readonly int Most = MostThreads();
    private static int _known;
    private static int _bystanders;

    /// <summary>How many threads of the pool do something unknown, beyond those that are known to do so for long.</summary>
    public static int Unknown
    {
        get
        {
            int unknown = Count();
            if (unknown < _bystanders)
                Volatile.Write(ref _bystanders, unknown);
            return unknown - Volatile.Read(ref _bystanders);
        }
    }

    /// <summary>Those that do something unknown now have done so for long, and have nothing to do with a worker.</summary>
    public static void LearnBystanders() => Volatile.Write(ref _bystanders, Count());

    /// <summary>This thread begins with something known.</summary>
    public static void Enter() => Interlocked.Increment(ref _known);

    /// <summary>This thread has done it.</summary>
    public static void Leave() => Interlocked.Decrement(ref _known);

    // Threads begin and end meanwhile: rather one too many than one too few.
    private static int Count()
    {
        int known = Volatile.Read(ref _known);
        ThreadPool.GetAvailableThreads(out int free, out _);
        return Math.Max(0, Most - free - Math.Min(known, Volatile.Read(ref _known)));
    }

    private static int MostThreads()
    {
        ThreadPool.GetMaxThreads(out int most, out _);
        return most;
    }
}
