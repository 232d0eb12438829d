namespace Nats.Consumer.Tests.Servers;

public enum ConsumerKind
{
    Pull,
    Push,
    Ordered,
}

/// <summary>What a test wants of its consumer.</summary>
public sealed class ConsumerSetup
{
    public ConsumerKind Kind { get; set; }

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

    public ulong StartSequence { get; set; } = 1;

    public DateTimeOffset StartTime { get; set; } = DateTimeOffset.UnixEpoch;

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
