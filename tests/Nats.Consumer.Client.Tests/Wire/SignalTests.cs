using Nats.Consumer.Client.Tests.Support;
using Nats.Consumer.Client.Wire;

namespace Nats.Consumer.Client.Tests.Wire;

public sealed class SignalTests
{
    [Fact]
    public void Signal_SetBeforeTheWait_IsKeptOnce()
    {
        var signal = new Signal();
        signal.Set();
        signal.Set();
        signal.Wait();
        signal.Wait(TimeSpan.Zero).ShouldBeFalse();
    }

    [Fact]
    public async Task Signal_SetDuringTheWait_EndsIt()
    {
        var signal = new Signal();
        Task waiting = Task.Run(signal.Wait, TestContext.Current.CancellationToken);
        signal.Set();
        await waiting.WithinDeadline();
    }

    [Fact]
    public async Task Signal_SetFromManyThreads_IsNeverLost()
    {
        const int Setters = 4;
        const int Each = 20_000;
        var signal = new Signal();
        int work = 0;
        Task consumer = Task.Run(() =>
        {
            int done = 0;
            while (done < Setters * Each)
            {
                done += Interlocked.Exchange(ref work, 0);
                if (done < Setters * Each)
                    signal.Wait();
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
