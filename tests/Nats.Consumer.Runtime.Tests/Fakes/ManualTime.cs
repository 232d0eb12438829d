namespace Nats.Consumer.Tests.Fakes;

/// <summary>A clock that stands still until it is told to go on.</summary>
internal sealed class ManualTime : TimeProvider
{
    private DateTimeOffset _now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Called each time somebody looks at the clock: a place for something to happen in between.</summary>
    public Action? OnRead { get; set; }

    public override long GetTimestamp()
    {
        OnRead?.Invoke();
        return _now.UtcTicks;
    }

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => _now += by;
}
