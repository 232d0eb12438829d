namespace Nats.Consumer.CrashWorker;

public sealed class CrashPull(CrashOptions options) : PullConsumer
{
    public override string StreamName => options.Stream;

    public override string? DurableName => "worker";

    public override DeliveryMode Delivery => options.Delivery;

    public override int MaxDeliver => options.MaxDeliver;

    public override TimeSpan AckWait => options.AckWait;

    public override int Concurrency => 4;

    public override int BatchSize => 10;

    public override IReadOnlyList<TimeSpan> BackoffDelays => [TimeSpan.FromMilliseconds(50)];
}

public sealed class CrashPush(CrashOptions options) : PushConsumer
{
    public override string StreamName => options.Stream;

    public override string? DurableName => "worker";

    public override DeliveryMode Delivery => options.Delivery;

    public override int MaxDeliver => options.MaxDeliver;

    public override TimeSpan AckWait => options.AckWait;

    public override int Concurrency => 4;

    public override int MaxAckPending => 20;

    public override IReadOnlyList<TimeSpan> BackoffDelays => [TimeSpan.FromMilliseconds(50)];
}
