using System.Diagnostics;

namespace Nats.Consumer.EndToEnd.Measuring;

/// <summary>
/// Counts messages and measures from a tenth of them on: pools are filled by then, and what a start costs is not in the figures.
/// </summary>
internal sealed class Meter(Lab lab, int count, int? publisher = null)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _first = count / 10;
    private Reading _start;
    private int _seen;

    /// <summary>Completes with the last message.</summary>
    public Task Done => _done.Task;

    public bool IsDone => _seen >= count;

    /// <summary>One more message. Called by one thread at a time.</summary>
    public void Count()
    {
        int seen = ++_seen;
        if (seen == _first)
            _start = Read();
        else if (seen == count)
            _done.TrySetResult();
    }

    public Measurement Stop()
    {
        Lab.Require(_seen == count, $"{_seen:N0} messages were seen instead of {count:N0}");
        Reading end = Read();
        double messages = count - _first;
        TimeSpan wall = Stopwatch.GetElapsedTime(_start.Timestamp, end.Timestamp);
        TimeSpan client = end.Client - _start.Client;
        TimeSpan ours = client + (end.Server - _start.Server) + (end.Publisher - _start.Publisher);
        TimeSpan foreign = end.Machine - _start.Machine - ours;
        return new Measurement(
            messages / wall.TotalSeconds,
            client.TotalMicroseconds / messages,
            lab.ServerProcessId is null ? null : (end.Server - _start.Server).TotalMicroseconds / messages,
            (end.Allocated - _start.Allocated) / messages,
            lab.ServerProcessId is null ? null : Math.Max(0, foreign / (wall * Environment.ProcessorCount)));
    }

    private Reading Read() => new(
        Stopwatch.GetTimestamp(),
        Cpu.OfThisProcess(),
        lab.ServerProcessId is { } id ? Cpu.OfProcess(id) : TimeSpan.Zero,
        publisher is { } other ? Cpu.OfProcess(other) : TimeSpan.Zero,
        Cpu.OfMachine(),
        GC.GetTotalAllocatedBytes(true));

    private readonly record struct Reading(long Timestamp, TimeSpan Client, TimeSpan Server, TimeSpan Publisher, TimeSpan Machine, long Allocated);
}
