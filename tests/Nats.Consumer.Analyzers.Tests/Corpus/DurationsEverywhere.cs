namespace Durations;

public sealed class DurationConsumer : PullConsumer
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(45);

    public override string StreamName => "durations";

    public override TimeSpan AckWait => Wait;

    public override TimeSpan? HandlerTimeout => TimeSpan.FromMinutes(9, seconds: 30);

    public override TimeSpan MaxAckExtension => new(hours: 0, minutes: 10, seconds: 0);

    public override int MaxDeliver => 6;

    public override RetryPolicy Retry => RetryPolicy.Delays(
    [
        TimeSpan.Zero,
        TimeSpan.FromMilliseconds(500),
        TimeSpan.FromMinutes(1.5),
        2 * Wait,
        TimeSpan.FromHours(1) + TimeSpan.FromMinutes(30),
    ]);
}

public sealed class ZeroExtension : PullConsumer
{
    public override string StreamName => "zero";

    public override TimeSpan MaxAckExtension => TimeSpan.Zero;

    public override TimeSpan AckWait => TimeSpan.FromMinutes(5);

    public override TimeSpan? HandlerTimeout => TimeSpan.FromMinutes(4);
}
