using Nats.Consumer.Client.Tests.Support;
using Nats.Consumer.Client.Wire;

namespace Nats.Consumer.Client.Tests.Wire;

public sealed class AsyncSignalTests
{
    [Fact]
    public async Task Signal_SetBeforeTheWait_IsKeptOnce()
    {
        var signal = new AsyncSignal();
        signal.Set();
        signal.Set();
        await signal.WaitAsync();
        signal.WaitAsync().AsTask().IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Signal_SetDuringTheWait_EndsIt()
    {
        var signal = new AsyncSignal();
        Task waiting = signal.WaitAsync().AsTask();
        waiting.IsCompleted.ShouldBeFalse();
        signal.Set();
        await waiting.WithinDeadline();
    }

    [Fact]
    public async Task Signal_SetFromManyThreads_IsNeverLost()
    {
        const int Setters = 4;
        const int Each = 20_000;
        var signal = new AsyncSignal();
        int work = 0;
        Task consumer = Task.Run(async () =>
        {
            int done = 0;
            while (done < Setters * Each)
            {
                done += Interlocked.Exchange(ref work, 0);
                if (done < Setters * Each)
                    await signal.WaitAsync();
            }
        });
        await Task.WhenAll(Enumerable.Range(0, Setters).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < Each; i++)
            {
                Interlocked.Increment(ref work);
                signal.Set();
            }
        })));
        await consumer.WithinDeadline();
    }
}
