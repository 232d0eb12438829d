namespace Nats.Consumer.Testing;

/// <summary>
/// A clock that stands still until a test moves it. Timers that fall due ring on the thread that moves it, one after the other, in the order of their times, each at its own time.
/// </summary>
public sealed class VirtualTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<VirtualTimer, (long Due, long Order)> _queue = new();
    private long _now;
    private long _order;

    /// <summary>Creates a clock.</summary>
    /// <param name="start">What it shows. Default: the first of January 2026, UTC.</param>
    public VirtualTime(DateTimeOffset? start = null) => _now = (start ?? new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)).UtcTicks;

    /// <summary>When the next timer rings; <see langword="null"/> when there is none.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (_gate)
                return TryPeek(out _, out long due) ? new DateTimeOffset(due, TimeSpan.Zero) : null;
        }
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override long GetTimestamp() => Volatile.Read(ref _now);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref _now), TimeSpan.Zero);

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock on and rings what falls due meanwhile.</summary>
    /// <param name="by">How far.</param>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        DateTimeOffset until = GetUtcNow() + by;
        while (TryStep(until))
        {
        }
    }

    /// <summary>
    /// Moves the clock to the next timer and rings it, or to <paramref name="limit"/> if no timer rings before or at it.
    /// </summary>
    /// <param name="limit">How far at the most.</param>
    /// <returns>Whether a timer rang.</returns>
    public bool TryStep(DateTimeOffset limit)
    {
        VirtualTimer? timer;
        lock (_gate)
        {
            if (!TryPeek(out timer, out long due) || due > limit.UtcTicks)
            {
                _now = Math.Max(_now, limit.UtcTicks);
                return false;
            }

            _queue.Dequeue();
            _now = Math.Max(_now, due);
            timer!.Rang(_now);
            Enqueue(timer);
        }

        timer.Ring();
        return true;
    }

    private void Enqueue(VirtualTimer timer)
    {
        if (timer.Due != VirtualTimer.Never)
            _queue.Enqueue(timer, (timer.Due, _order++));
    }

    // Entries of timers that were changed or disposed meanwhile are dropped on the way.
    private bool TryPeek(out VirtualTimer? timer, out long due)
    {
        while (_queue.TryPeek(out timer, out (long Due, long Order) entry))
        {
            due = entry.Due;
            if (timer.Due == entry.Due)
                return true;
            _queue.Dequeue();
        }

        due = VirtualTimer.Never;
        return false;
    }

    private sealed class VirtualTimer(VirtualTime time, TimerCallback callback, object? state) : ITimer
    {
        public const long Never = long.MaxValue;
        private readonly ExecutionContext? _context = ExecutionContext.Capture();
        private long _period;
        private bool _disposed;

        public long Due { get; private set; } = Never;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                if (_disposed)
                    return false;
                _period = period > TimeSpan.Zero ? period.Ticks : 0;
                Due = dueTime == Timeout.InfiniteTimeSpan ? Never : time._now + Math.Max(0, dueTime.Ticks);
                time.Enqueue(this);
                return true;
            }
        }

        public void Rang(long now) => Due = _period > 0 ? now + _period : Never;

        public void Ring()
        {
            if (_context is null)
                callback(state);
            else
                ExecutionContext.Run(_context, static timer => ((VirtualTimer)timer!).Call(), this);
        }

        public void Dispose()
        {
            lock (time._gate)
            {
                _disposed = true;
                Due = Never;
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Call() => callback(state);
    }
}
