using System.Diagnostics;
using System.Reflection;

namespace Nats.Consumer.Tests.Fakes;

internal static class Allocation
{
    /// <summary>Whether the runtime library was built with optimization; without it the compiler makes an object of every asynchronous call.</summary>
    public static bool IsOptimized { get; } = typeof(ConsumerHandler).Assembly.GetCustomAttribute<DebuggableAttribute>() is not { IsJITOptimizerDisabled: true };

    /// <summary>Bytes that the action allocates on this thread over so many runs, once it is warm.</summary>
    public static long Of(int runs, Action action)
    {
        for (int i = 0; i < 200; i++)
            action();

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < runs; i++)
            action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
