using System.Diagnostics;
using Nats.Consumer.InMemory;

namespace Nats.Consumer.Testing;

/// <summary>
/// Waits until nothing can happen any more before the clock moves: the server has handed over all it had to send, no thread runs code of the worker, nothing waits for a thread or is just being taken by
/// one, and handlers have returned or wait for the clock. It looks and makes way for others, and never waits for a time.
/// </summary>
internal sealed class Idleness(InMemoryJetStream server, Flow flow, HandlerCalls calls, TimeSpan patience)
{
    // A look takes a moment, in which something may move on from where it has not been looked at yet to where it has.
    private const int Looks = 2;

    // Threads of the pool may be blocked by somebody else for long. After this time they are not waited for any more, as long as they do not get more.
    private static readonly TimeSpan OthersPatience = TimeSpan.FromMilliseconds(50);
    private static int _others;

    /// <summary>Waits, or until <paramref name="orUntil"/> is complete.</summary>
    /// <exception cref="TimeoutException">It does not come to rest.</exception>
    public async Task WaitAsync(Task? orUntil, CancellationToken cancellationToken)
    {
        long begin = Stopwatch.GetTimestamp();
        long calmSince = begin;
        (long, long) last = default;
        int quiet = 0;
        for (int look = 0; orUntil?.IsCompleted != true; look++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (long, long) now = (server.Activity, flow.Entries);
            bool isQueueEmpty = ThreadPool.PendingWorkItemCount == 0;
            int others = PoolThreads.Unknown;
            bool isCalm = now == last && server.IsIdle && flow.Executing == 0 && calls.Busy == 0;
            if (!isCalm)
                calmSince = Stopwatch.GetTimestamp();
            else if (Stopwatch.GetElapsedTime(calmSince) > OthersPatience)
                (isQueueEmpty, _others) = (true, others);
            _others = Math.Min(_others, others);
            quiet = isCalm && isQueueEmpty && others <= _others ? quiet + 1 : 0;
            if (quiet >= Looks)
                return;
            last = now;
            if (Stopwatch.GetElapsedTime(begin) > patience)
                throw new TimeoutException($"The worker does not come to rest within {patience.TotalSeconds:0.#} s of real time: {Why()}");
            // A handler that waits for something outside takes as long as that takes.
            if (look > 1000 && flow.Executing == 0 && calls.Busy > 0)
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, cancellationToken).ConfigureAwait(false);
            else
                await new Hop().Task.ConfigureAwait(false);
        }
    }

    private string Why() => calls.Busy > 0
        ? $"{string.Join(", ", calls.BusyNames())} runs, and waits for something that is neither the server nor the harness's clock. A handler waits for the clock with the TimeProvider that is injected."
        : flow.Executing > 0 ? "a thread runs code of the application and does not return."
        : "something goes on all the time.";

    /// <summary>A way through the pool's queue.</summary>
    private sealed class Hop : IThreadPoolWorkItem
    {
        private readonly TaskCompletionSource _done = new();

        public Hop() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

        public Task Task => _done.Task;

        public void Execute()
        {
            PoolThreads.Enter();
            _done.SetResult();
            PoolThreads.Leave();
        }
    }
}
