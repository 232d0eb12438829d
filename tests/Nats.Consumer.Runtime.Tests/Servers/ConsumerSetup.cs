namespace Nats.Consumer.Tests.Servers;

/// <summary>What a test wants of its consumer.</summary>
public sealed class ConsumerSetup
{
    public string Stream { get; set; } = "";

    public string Durable { get; set; } = "worker";

    public IReadOnlyList<string> Subjects { get; set; } = [">"];

    public IReadOnlyList<Type> Handlers { get; set; } = [typeof(ScriptHandler)];

    public int MaxDeliver { get; set; } = 5;

    public TimeSpan AckWait { get; set; } = TimeSpan.FromSeconds(30);

    public int MaxAckPending { get; set; } = 1000;

    public int BatchSize { get; set; } = 100;

    public int Concurrency { get; set; } = 1;

    public IReadOnlyList<TimeSpan> BackoffDelays { get; set; } = [TimeSpan.FromMilliseconds(10)];

    public DeliverPolicy DeliverPolicy { get; set; }

    public ErrorAckBehavior OnExhausted { get; set; }

    public RetryPolicy? Retry { get; set; }

    public ExceptionPolicy Exceptions { get; set; } = ExceptionPolicy.Default;

    public DeliveryMode Delivery { get; set; }

    public string? OrderBy { get; set; }

    public TimeSpan? HandlerTimeout { get; set; }

    public TimeSpan MaxAckExtension { get; set; } = TimeSpan.FromMinutes(10);

    public long MaxBytes { get; set; }

    public int MaxMessages { get; set; } = 100;

    public TimeSpan MaxWait { get; set; }

    public Func<IEnumerable<StreamOperation>> Operations { get; set; } = () => [];

    public Func<MessageContext, Exception, int, ValueTask> OnError { get; set; } = (_, _, _) => ValueTask.CompletedTask;
}

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

    public override ErrorAckBehavior OnExhausted => setup.OnExhausted;

    protected internal override IEnumerable<StreamOperation> Setup() => setup.Operations();

    protected internal override ValueTask HandleErrorAsync(MessageContext message, Exception error, int deliveryCount, CancellationToken cancellationToken) =>
        setup.OnError(message, error, deliveryCount);
}

/// <summary>The same once more, for workers with two consumers.</summary>
public sealed class SecondConsumer(ConsumerSetup setup) : WorkConsumer(setup);
