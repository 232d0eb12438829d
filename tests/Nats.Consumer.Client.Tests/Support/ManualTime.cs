namespace Nats.Consumer.Client.Tests.Support;

/// <summary>A clock that stands still until it is told to go on. Timers fire on the thread that moves it, earliest first.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _armed = [];
    private TimeSpan _now = TimeSpan.FromDays(1);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        lock (_gate)
            return _now.Ticks;
    }

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Whether somebody waits for a moment within this time. Who is about to wait would be missed by <see cref="Advance"/>.</summary>
    public bool IsAwaited(TimeSpan within)
    {
        lock (_gate)
            return _armed.Any(timer => timer.Due <= _now + within);
    }

    public void Advance(TimeSpan by)
    {
        TimeSpan target;
        lock (_gate)
            target = _now + by;
        while (NextDue(target) is { } timer)
            timer.Fire();
    }

    /// <summary>Lets time pass in small steps until <paramref name="task"/> is complete.</summary>
    public async Task AdvanceUntilAsync(Task task, TimeSpan step)
    {
        long deadline = Environment.TickCount64 + (long)Soon.Deadline.TotalMilliseconds;
        while (!task.IsCompleted)
        {
            (Environment.TickCount64 < deadline).ShouldBeTrue("what was awaited did not come, however much time passed");
            Advance(step);
            await Task.WhenAny(task, Task.Delay(2));
        }

        await task;
    }

    private ManualTimer? NextDue(TimeSpan target)
    {
        lock (_gate)
        {
            ManualTimer? next = _armed.Where(timer => timer.Due <= target).MinBy(timer => timer.Due);
            _now = next is null ? target : next.Due > _now ? next.Due : _now;
            if (next is not null)
                next.Rearm();
            return next;
        }
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public TimeSpan Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                time._armed.Remove(this);
                _period = period;
                if (dueTime == Timeout.InfiniteTimeSpan)
                    return true;
                Due = time._now + dueTime;
                time._armed.Add(this);
                return true;
            }
        }

        public void Rearm()
        {
            if (_period > TimeSpan.Zero)
                Due += _period;
            else
                time._armed.Remove(this);
        }

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (time._gate)
                time._armed.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
