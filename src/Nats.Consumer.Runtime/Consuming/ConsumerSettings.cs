namespace Nats.Consumer.Consuming;

/// <summary>What a consumer class states, with what the configuration says otherwise.</summary>
internal sealed record ConsumerSettings
{
    /// <summary>The consumer class's instance.</summary>
    public required JetStreamConsumer Definition { get; init; }

    public required string Name { get; init; }

    /// <summary><see langword="null"/> for the default connection.</summary>
    public string? Connection { get; init; }

    public required string StreamName { get; init; }

    public required IReadOnlyList<string> Subjects { get; init; }

    public string? DurableName { get; init; }

    public int MaxDeliver { get; init; }

    public TimeSpan AckWait { get; init; }

    public int MaxAckPending { get; init; }

    public required RetryPolicy Retry { get; init; }

    public ErrorAckBehavior OnExhausted { get; init; }

    public required ExceptionPolicy Exceptions { get; init; }

    public DeliveryMode Delivery { get; init; }

    public DeliverPolicy DeliverPolicy { get; init; }

    public ulong StartSequence { get; init; }

    public DateTimeOffset StartTime { get; init; }

    public TimeSpan? InactiveThreshold { get; init; }

    public int Concurrency { get; init; }

    public string? OrderBy { get; init; }

    public int MaxMessages { get; init; }

    public TimeSpan MaxWait { get; init; }

    public TimeSpan? HandlerTimeout { get; init; }

    public TimeSpan MaxAckExtension { get; init; }

    /// <summary>Of pull and ordered consumers.</summary>
    public int BatchSize { get; init; }

    /// <summary>Of pull consumers.</summary>
    public long MaxBytes { get; init; }

    /// <summary>Of push consumers.</summary>
    public string? DeliverSubject { get; init; }

    /// <summary>Where the configuration says it, by setting; the rest is the class's own.</summary>
    public IReadOnlyDictionary<string, string> Origins { get; init; } = new Dictionary<string, string>();

    /// <summary>What the class states.</summary>
    /// <exception cref="ArgumentException">Its delays cannot be.</exception>
    public static ConsumerSettings Of(JetStreamConsumer definition) => new()
    {
        Definition = definition,
        Name = definition.Name,
        Connection = definition.Connection,
        StreamName = definition.StreamName,
        Subjects = definition.Subjects,
        DurableName = definition.DurableName,
        MaxDeliver = definition.MaxDeliver,
        AckWait = definition.AckWait,
        MaxAckPending = definition.MaxAckPending,
        Retry = definition.Retry,
        OnExhausted = definition.OnExhausted,
        Exceptions = definition.Exceptions,
        Delivery = definition.Delivery,
        DeliverPolicy = definition.DeliverPolicy,
        StartSequence = definition.StartSequence,
        StartTime = definition.StartTime,
        InactiveThreshold = definition.InactiveThreshold,
        Concurrency = definition.Concurrency,
        OrderBy = definition.OrderBy,
        MaxMessages = definition.MaxMessages,
        MaxWait = definition.MaxWait,
        HandlerTimeout = definition.HandlerTimeout,
        MaxAckExtension = definition.MaxAckExtension,
        BatchSize = definition is PullConsumer pull ? pull.BatchSize : definition is OrderedConsumer ordered ? ordered.BatchSize : 0,
        MaxBytes = (definition as PullConsumer)?.MaxBytes ?? 0,
        DeliverSubject = (definition as PushConsumer)?.DeliverSubject,
    };

    /// <summary>The setting as who reads an error knows it: its path in the configuration, or its name in the class.</summary>
    public string NameOf(string setting) => Origins.GetValueOrDefault(setting, setting);
}
