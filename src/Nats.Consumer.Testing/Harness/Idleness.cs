using System.Diagnostics;

namespace Nats.Consumer.Testing;

/// <summary>
/// Waits until nothing can happen any more before the clock moves: each server has handed over all it had to send, no thread runs code of the worker, nothing waits for a thread or is just being taken by
/// one, and handlers have returned or wait for the clock. It looks again and again, on a thread that is not the pool's.
/// </summary>
internal sealed class Idleness(HarnessServers servers, Flow flow, HandlerCalls calls, TimeSpan patience)
{
    // A look takes a moment, in which something may move on from where it has not been looked at yet to where it has.
    private const int Looks = 3;
    private const int LooksBeforeSleep = 100;

    // Threads of the pool may be blocked by somebody else, and its queue be filled by others all the time. That is not waited for longer than this.
    private static readonly TimeSpan PatienceWithOthers = TimeSpan.FromMilliseconds(250);

    /// <summary>Waits, or until <paramref name="orUntil"/> is complete.</summary>
    /// <exception cref="TimeoutException">It does not come to rest.</exception>
    public void Wait(Task? orUntil, CancellationToken cancellationToken)
    {
        long begin = Stopwatch.GetTimestamp();
        long calmSince = begin;
        (long, long) last = default;
        var pause = default(SpinWait);
        for (int quiet = 0; orUntil?.IsCompleted != true;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (long, long) now = (servers.All.Sum(server => server.Activity), flow.Entries);
            bool isPoolIdle = ThreadPool.PendingWorkItemCount == 0 & PoolThreads.Unknown == 0;
            bool isCalm = now == last && servers.All.All(server => server.IsIdle) && flow.Executing == 0 && calls.Busy == 0;
            last = now;
            if (!isCalm)
            {
                calmSince = Stopwatch.GetTimestamp();
            }
            else if (!isPoolIdle && Stopwatch.GetElapsedTime(calmSince) > PatienceWithOthers)
            {
                PoolThreads.LearnBystanders();
                return;
            }

            quiet = isCalm && isPoolIdle ? quiet + 1 : 0;
            if (quiet >= Looks)
                return;
            if (Stopwatch.GetElapsedTime(begin) > patience)
                throw new TimeoutException($"The worker does not come to rest within {patience.TotalSeconds:0.#} s of real time: {Why()}");
            pause.SpinOnce(LooksBeforeSleep);
        }
    }

    private string Why() => calls.Busy > 0
        ? $"{string.Join(", ", calls.BusyNames())} runs, and waits for something that is neither the server nor the harness's clock. A handler waits for the clock with the TimeProvider that is injected."
        : flow.Executing > 0 ? "a thread runs code of the application and does not return."
        : "something goes on all the time.";
}
