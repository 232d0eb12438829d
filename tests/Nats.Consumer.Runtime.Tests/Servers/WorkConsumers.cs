namespace Nats.Consumer.Tests.Servers;

/// <summary>The consumer of most tests.</summary>
public class WorkConsumer(ConsumerSetup setup) : PullConsumer
{
    public override string StreamName => setup.Stream;

    public override string? DurableName => setup.Durable;

    public override IReadOnlyList<string> Subjects => setup.Subjects;

    public override IReadOnlyList<Type> Handlers => setup.Handlers;

    public override int MaxDeliver => setup.MaxDeliver;

    public override TimeSpan AckWait => setup.AckWait;

    public override int MaxAckPending => setup.MaxAckPending;

    public override int BatchSize => setup.BatchSize;

    public override int Concurrency => setup.Concurrency;

    public override IReadOnlyList<TimeSpan> BackoffDelays => setup.BackoffDelays;

    public override RetryPolicy Retry => setup.Retry ?? base.Retry;

    public override ExceptionPolicy Exceptions => setup.Exceptions;

    public override DeliveryMode Delivery => setup.Delivery;

    public override string? OrderBy => setup.OrderBy;

    public override TimeSpan? HandlerTimeout => setup.HandlerTimeout;

    public override TimeSpan MaxAckExtension => setup.MaxAckExtension;

    public override long MaxBytes => setup.MaxBytes;

    public override int MaxMessages => setup.MaxMessages;

    public override TimeSpan MaxWait => setup.MaxWait;

    public override DeliverPolicy DeliverPolicy => setup.DeliverPolicy;

    public override ulong StartSequence => setup.StartSequence;

    public override DateTimeOffset StartTime => setup.StartTime;

    public override ErrorAckBehavior OnExhausted => setup.OnExhausted;

    protected internal override IEnumerable<StreamOperation> Setup() => setup.Operations();

    protected internal override ValueTask HandleErrorAsync(MessageContext message, Exception error, int deliveryCount, CancellationToken cancellationToken) =>
        setup.OnError(message, error, deliveryCount);
}

/// <summary>The same once more, for workers with two consumers.</summary>
public sealed class SecondConsumer(ConsumerSetup setup) : WorkConsumer(setup);

/// <summary>The same as a push consumer.</summary>
public sealed class PushWorkConsumer(ConsumerSetup setup) : PushConsumer
{
    public override string Name => nameof(WorkConsumer);

    public override string StreamName => setup.Stream;

    public override string? DurableName => setup.Durable;

    public override IReadOnlyList<string> Subjects => setup.Subjects;

    public override IReadOnlyList<Type> Handlers => setup.Handlers;

    public override int MaxDeliver => setup.MaxDeliver;

    public override TimeSpan AckWait => setup.AckWait;

    public override int MaxAckPending => setup.MaxAckPending;

    public override int Concurrency => setup.Concurrency;

    public override IReadOnlyList<TimeSpan> BackoffDelays => setup.BackoffDelays;

    public override DeliveryMode Delivery => setup.Delivery;

    public override string? OrderBy => setup.OrderBy;

    public override ErrorAckBehavior OnExhausted => setup.OnExhausted;

    protected internal override IEnumerable<StreamOperation> Setup() => setup.Operations();

    protected internal override ValueTask HandleErrorAsync(MessageContext message, Exception error, int deliveryCount, CancellationToken cancellationToken) =>
        setup.OnError(message, error, deliveryCount);
}

/// <summary>What of it an ordered consumer has.</summary>
public sealed class OrderedWorkConsumer(ConsumerSetup setup) : OrderedConsumer
{
    public override string Name => nameof(WorkConsumer);

    public override string StreamName => setup.Stream;

    public override IReadOnlyList<string> Subjects => setup.Subjects;

    public override IReadOnlyList<Type> Handlers => setup.Handlers;

    public override int MaxDeliver => setup.MaxDeliver;

    public override int BatchSize => setup.BatchSize;

    public override IReadOnlyList<TimeSpan> BackoffDelays => setup.BackoffDelays;

    public override DeliverPolicy DeliverPolicy => setup.DeliverPolicy;

    public override ulong StartSequence => setup.StartSequence;

    public override DateTimeOffset StartTime => setup.StartTime;

    public override ErrorAckBehavior OnExhausted => setup.OnExhausted;

    protected internal override ValueTask HandleErrorAsync(MessageContext message, Exception error, int deliveryCount, CancellationToken cancellationToken) =>
        setup.OnError(message, error, deliveryCount);
}
