using System.Text.Json.Serialization;
using Nats.Consumer.InMemory.Api;

namespace Nats.Consumer.InMemory.Consumers;

/// <summary>The configuration of a consumer as it goes over the wire (nats-server, ConsumerConfig). Times are nanoseconds. What is not stated is zero.</summary>
internal sealed record ConsumerConfig
{
    public string? DurableName { get; set; }

    public string? Name { get; set; }

    public string? Description { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public DeliverPolicy DeliverPolicy { get; set; }

    public ulong OptStartSeq { get; set; }

    public string? OptStartTime { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public AckPolicy AckPolicy { get; set; }

    public long AckWait { get; set; }

    public long MaxDeliver { get; set; }

    public List<long>? Backoff { get; set; }

    public string? FilterSubject { get; set; }

    public List<string>? FilterSubjects { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ReplayPolicy ReplayPolicy { get; set; }

    public ulong RateLimitBps { get; set; }

    public string? SampleFreq { get; set; }

    public int MaxWaiting { get; set; }

    public int MaxAckPending { get; set; }

    public bool FlowControl { get; set; }

    public bool HeadersOnly { get; set; }

    public int MaxBatch { get; set; }

    public long MaxExpires { get; set; }

    public int MaxBytes { get; set; }

    public string? DeliverSubject { get; set; }

    public string? DeliverGroup { get; set; }

    public long IdleHeartbeat { get; set; }

    public long InactiveThreshold { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int NumReplicas { get; set; }

    public bool MemStorage { get; set; }

    public bool Direct { get; set; }

    public bool Sourcing { get; set; }

    public SortedDictionary<string, string>? Metadata { get; set; }

    public string? PauseUntil { get; set; }

    public List<string>? PriorityGroups { get; set; }

    public PriorityPolicy PriorityPolicy { get; set; }

    public long PriorityTimeout { get; set; }

    [JsonIgnore]
    public bool IsPush => !string.IsNullOrEmpty(DeliverSubject);

    [JsonIgnore]
    public bool IsDurable => !string.IsNullOrEmpty(DurableName);

    /// <summary>All filters; none for everything.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Filters => FilterSubjects is { Count: > 0 } several ? several : string.IsNullOrEmpty(FilterSubject) ? [] : [FilterSubject];
}

[JsonConverter(typeof(WordConverter<DeliverPolicy>))]
internal enum DeliverPolicy
{
    All,
    Last,
    New,
    ByStartSequence,
    ByStartTime,
    LastPerSubject,
}

[JsonConverter(typeof(WordConverter<AckPolicy>))]
internal enum AckPolicy
{
    None,
    All,
    Explicit,
}

[JsonConverter(typeof(WordConverter<ReplayPolicy>))]
internal enum ReplayPolicy
{
    Instant,
    Original,
}

[JsonConverter(typeof(WordConverter<PriorityPolicy>))]
internal enum PriorityPolicy
{
    None,
    Overflow,
    PinnedClient,
    Prioritized,
}
