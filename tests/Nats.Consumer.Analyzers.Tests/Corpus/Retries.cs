namespace Retries;

public sealed class ListedDelays : PullConsumer
{
    public override string StreamName => "listed";

    public override int MaxDeliver => 4;

    public override IReadOnlyList<TimeSpan> BackoffDelays => [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5)];
}

public sealed class FewerDelays : PullConsumer
{
    private static readonly TimeSpan[] Delays = [TimeSpan.FromSeconds(1), new(0, 1, 0)];

    public override string StreamName => "fewer";

    public override int MaxDeliver => 20;

    public override IReadOnlyList<TimeSpan> BackoffDelays => Delays;
}

public sealed class Policy : PullConsumer
{
    public override string StreamName => "policies";

    public override RetryPolicy Retry { get; } = RetryPolicy.Exponential(TimeSpan.FromSeconds(2), TimeSpan.FromHours(1));

    public override int MaxDeliver { get; } = 25;
}

public sealed class Composed(bool patient) : PullConsumer
{
    public override string StreamName => "composed";

    public override IReadOnlyList<TimeSpan> BackoffDelays => patient ? [TimeSpan.FromMinutes(1), TimeSpan.FromHours(1)] : [TimeSpan.Zero];

    public override RetryPolicy Retry => patient ? base.Retry : RetryPolicy.Delays(BackoffDelays);
}

public sealed class Once : PullConsumer
{
    public override string StreamName => "once";

    public override int MaxDeliver => 1;

    public override ErrorAckBehavior OnExhausted => ErrorAckBehavior.Ack;
}
