namespace Nats.Consumer.InMemory.Broker;

/// <summary>The alarms of a server in the order of their times, on one timer.</summary>
internal sealed class Schedule : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(20); // timers of the platform end at 49 days
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly PriorityQueue<Alarm, (long Due, long Order)> _queue = new();
    private long _order;
    private long _armedFor = Alarm.Never;

    public Schedule(TimeProvider time, Action onDue)
    {
        _time = time;
        _timer = time.CreateTimer(_ => onDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The time, in nanoseconds of Unix time.</summary>
    public long Now => ToNanoseconds(_time.GetUtcNow());

    public static long ToNanoseconds(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * 100;

    public void Watch(Alarm alarm)
    {
        if (alarm.Due >= alarm.LookedAt)
            return; // it is looked at in time, and put back if that is too early
        alarm.LookedAt = alarm.Due;
        _queue.Enqueue(alarm, (alarm.Due, _order++));
    }

    public void RingDue(long now)
    {
        while (_queue.TryPeek(out Alarm? alarm, out (long Due, long Order) entry) && entry.Due <= now)
        {
            _queue.Dequeue();
            if (entry.Due != alarm.LookedAt)
                continue; // it was set to an earlier time, and has been looked at
            alarm.LookedAt = Alarm.Never;
            if (alarm.Due <= now)
                alarm.Ring();
            else
                Watch(alarm);
        }
    }

    /// <summary>Sets the timer to the first alarm.</summary>
    public void Arm(long now)
    {
        long due = _queue.TryPeek(out _, out (long Due, long Order) first) ? first.Due : Alarm.Never;
        if (due == _armedFor)
            return;
        _armedFor = due;
        _timer.Change(due == Alarm.Never ? Timeout.InfiniteTimeSpan : Wait(due - now), Timeout.InfiniteTimeSpan);
    }

    /// <summary>The timer has rung, maybe a little early, and is set no more.</summary>
    public void TimerRang() => _armedFor = Alarm.Never;

    public void Dispose() => _timer.Dispose();

    private TimeSpan Wait(long nanoseconds)
    {
        // The platform's timers cut off what is less than a millisecond, and would ring too early.
        long ticks = ReferenceEquals(_time, TimeProvider.System)
            ? (nanoseconds + 999_999) / 1_000_000 * TimeSpan.TicksPerMillisecond
            : (nanoseconds + 99) / 100;
        return ticks < 0 ? TimeSpan.Zero : ticks > Longest.Ticks ? Longest : TimeSpan.FromTicks(ticks);
    }
}
