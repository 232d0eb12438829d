namespace Nats.Consumer.Tests.Fakes;

/// <summary>A consumer whose every statement a test can make.</summary>
internal sealed class StubConsumer : PullConsumer
{
    public override string Name => StubName;

    public string StubName { get; init; } = "Stub";

    public override string StreamName => Stream;

    public string Stream { get; init; } = "orders";

    public override IReadOnlyList<string> Subjects => Takes;

    public IReadOnlyList<string> Takes { get; init; } = [">"];

    public override IReadOnlyList<Type> Handlers => HandlerTypes;

    public IReadOnlyList<Type> HandlerTypes { get; init; } = [];

    public override string? DurableName => Durable;

    public string? Durable { get; init; } = "billing";

    public override int MaxDeliver => Attempts;

    public int Attempts { get; init; } = 3;

    public override TimeSpan AckWait => Wait;

    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(30);

    public override int MaxAckPending => Outstanding;

    public int Outstanding { get; init; } = 1000;

    public override IReadOnlyList<TimeSpan> BackoffDelays => Backoff;

    public IReadOnlyList<TimeSpan> Backoff { get; init; } = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(7)];

    public override ErrorAckBehavior OnExhausted => Exhausted;

    public ErrorAckBehavior Exhausted { get; init; } = ErrorAckBehavior.DeadLetter;

    public override int Concurrency => Parallel;

    public int Parallel { get; init; } = 1;

    public override int BatchSize => Batch;

    public int Batch { get; init; } = 100;

    public override DeliveryMode Delivery => Mode;

    public DeliveryMode Mode { get; init; }

    public override DeliverPolicy DeliverPolicy => Start;

    public DeliverPolicy Start { get; init; }

    public override ulong StartSequence => FirstSequence;

    public ulong FirstSequence { get; init; } = 1;

    public override DateTimeOffset StartTime => FirstTime;

    public DateTimeOffset FirstTime { get; init; }

    public override TimeSpan? InactiveThreshold => Inactive;

    public TimeSpan? Inactive { get; init; }

    public Func<MessageContext, Exception, int, ValueTask>? OnError { get; init; }

    protected internal override ValueTask HandleErrorAsync(MessageContext message, Exception error, int deliveryCount, CancellationToken cancellationToken) =>
        OnError?.Invoke(message, error, deliveryCount) ?? ValueTask.CompletedTask;
}
