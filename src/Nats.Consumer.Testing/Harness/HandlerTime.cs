namespace Nats.Consumer.Testing;

/// <summary>
/// The clock as the worker gets it. It is the harness's clock, and knows which handlers wait for it: those with a timer that is not a mere time-out, which is the case of a
/// <see cref="CancellationTokenSource"/>.
/// </summary>
internal sealed class HandlerTime(VirtualTime time) : TimeProvider
{
    public override long TimestampFrequency => time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (HandlerCall.Current is not { } call || state is CancellationTokenSource)
            return time.CreateTimer(callback, state, dueTime, period);
        var wait = new Wait(call, callback, state, isPeriodic: period > TimeSpan.Zero);
        wait.Start(time, dueTime, period);
        return wait;
    }

    private sealed class Wait(HandlerCall call, TimerCallback callback, object? state, bool isPeriodic) : ITimer
    {
        private ITimer _timer = null!;
        private int _isOn;

        public void Start(VirtualTime time, TimeSpan dueTime, TimeSpan period)
        {
            Set(dueTime != Timeout.InfiniteTimeSpan);
            _timer = time.CreateTimer(static wait => ((Wait)wait!).Ring(), this, dueTime, period);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Set(dueTime != Timeout.InfiniteTimeSpan);
            return _timer.Change(dueTime, period);
        }

        public void Dispose()
        {
            Set(false);
            _timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Ring()
        {
            if (!isPeriodic)
                Set(false);
            callback(state);
        }

        private void Set(bool on)
        {
            if (Interlocked.Exchange(ref _isOn, on ? 1 : 0) == (on ? 1 : 0))
                return;
            if (on)
                call.BeginWait();
            else
                call.EndWait();
        }
    }
}
