using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Nats.Consumer.JetStream;

namespace Nats.Consumer;

/// <summary>
/// What you want a consumer on the server to be, or what it is. What is not stated (<see langword="null"/>) is the server's default when the consumer is created, and is left as it is
/// when it is updated. A field that the server does not know is ignored by it, which is reported as an error.
/// </summary>
/// <remarks>
/// A class that derives from <see cref="PullConsumer"/> has its durable made by the worker; this is for consumers that you make by hand. The server cannot change the policies, the start,
/// <see cref="MaxWaiting"/>, <see cref="FlowControl"/> and <see cref="IdleHeartbeat"/> of a consumer.
/// </remarks>
public sealed record ConsumerConfig
{
    /// <summary>The name of a consumer that stays until it is deleted. Without one the consumer goes when nobody has used it for <see cref="InactiveThreshold"/>.</summary>
    public string? DurableName { get; init; }

    /// <summary>The name of a consumer that is no durable. Without any name the server makes one up.</summary>
    public string? Name { get; init; }

    /// <summary>A text for people.</summary>
    public string? Description { get; init; }

    /// <summary>Where in the stream it starts. The server's default is at the first message. <see cref="StartSequence"/> and <see cref="StartTime"/> imply theirs.</summary>
    public DeliverPolicy? DeliverPolicy { get; init; }

    /// <summary>The number of the first message to deliver.</summary>
    [JsonPropertyName("opt_start_seq")]
    public ulong? StartSequence { get; init; }

    /// <summary>The first message to deliver is the first one that was stored at that time or later.</summary>
    [JsonPropertyName("opt_start_time")]
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>How deliveries are acknowledged. The server's default is <see cref="AckPolicy.None"/>; here it is <see cref="AckPolicy.Explicit"/>.</summary>
    public AckPolicy? AckPolicy { get; init; }

    /// <summary>How long the server waits for a settlement before it delivers again. The server's default is 30 seconds. <see cref="Backoff"/> overrides it.</summary>
    public TimeSpan? AckWait { get; init; }

    /// <summary>How often a message is delivered at the most; -1, the server's default, for no limit.</summary>
    public int? MaxDeliver { get; init; }

    /// <summary>
    /// The ack waits of the deliveries, one after the other; the last one repeats. The first replaces <see cref="AckWait"/>. It delays no negative ack, and makes delayed ones
    /// wrong: prefer a delay with the negative ack.
    /// </summary>
    public IReadOnlyList<TimeSpan>? Backoff { get; init; }

    /// <summary>Which messages it gets; all of the stream without one. Several need 2.10.</summary>
    [StringSyntax("NatsSubjectPattern")]
    public IReadOnlyList<string>? FilterSubjects { get; init; }

    /// <summary>The server's other form of <see cref="FilterSubjects"/>, of one subject.</summary>
    [JsonInclude, JsonPropertyName("filter_subject")]
    internal string? SingleFilter { get; init; }

    /// <summary>How fast it delivers. The server's default is as fast as it can.</summary>
    public ReplayPolicy? ReplayPolicy { get; init; }

    /// <summary>How many deliveries may be without a settlement; -1 for no limit. The server's default is 1,000.</summary>
    public int? MaxAckPending { get; init; }

    /// <summary>How many pulls may wait. The server's default is 512. Pull consumers only.</summary>
    public int? MaxWaiting { get; init; }

    /// <summary>The most messages that a pull may ask for. Pull consumers only.</summary>
    [JsonPropertyName("max_batch")]
    public int? MaxRequestBatch { get; init; }

    /// <summary>The longest that a pull may wait. Pull consumers only.</summary>
    [JsonPropertyName("max_expires")]
    public TimeSpan? MaxRequestExpires { get; init; }

    /// <summary>The most bytes that a pull may ask for. Pull consumers only.</summary>
    [JsonPropertyName("max_bytes")]
    public int? MaxRequestBytes { get; init; }

    /// <summary>Delivers the headers only, and the size of the payload in <c>Nats-Msg-Size</c>.</summary>
    public bool? HeadersOnly { get; init; }

    /// <summary>
    /// The consumer is deleted when nobody has used it for so long; a durable too, if stated. The server's default is 5 seconds for those that are no durables, and never for durables.
    /// </summary>
    public TimeSpan? InactiveThreshold { get; init; }

    /// <summary>How many servers keep its state; 0, the server's default, for as many as keep the stream.</summary>
    [JsonPropertyName("num_replicas")]
    public int? Replicas { get; init; }

    /// <summary>Whether its state is kept in memory, whatever the stream's storage.</summary>
    [JsonPropertyName("mem_storage")]
    public bool? MemoryStorage { get; init; }

    /// <summary>How much of its acks is sampled in advisories, in per cent, as in <c>50</c> or <c>100%</c>.</summary>
    [JsonPropertyName("sample_freq")]
    public string? SampleFrequency { get; init; }

    /// <summary>Where a push consumer delivers to. Makes it a push consumer.</summary>
    [StringSyntax("NatsSubject")]
    public string? DeliverSubject { get; init; }

    /// <summary>The queue group that shares the deliveries of a push consumer.</summary>
    public string? DeliverGroup { get; init; }

    /// <summary>Whether the server waits for an answer now and then before it pushes more. Needs <see cref="IdleHeartbeat"/>. Push consumers only.</summary>
    public bool? FlowControl { get; init; }

    /// <summary>How often the server gives a sign of life when there is nothing to deliver. Push consumers only; a pull asks for its own.</summary>
    public TimeSpan? IdleHeartbeat { get; init; }

    /// <summary>The most bits a second. Push consumers only.</summary>
    [JsonPropertyName("rate_limit_bps")]
    public ulong? RateLimit { get; init; }

    /// <summary>Delivers nothing until then. 2.11 and later. To pause one that exists: <see cref="IJetStream.PauseConsumerAsync"/>.</summary>
    public DateTimeOffset? PauseUntil { get; init; }

    /// <summary>The groups of clients that pull by <see cref="PriorityPolicy"/>. 2.11 and later, and one group for now.</summary>
    public IReadOnlyList<string>? PriorityGroups { get; init; }

    /// <summary>Who of a group gets messages. 2.11 and later.</summary>
    public PriorityPolicy? PriorityPolicy { get; init; }

    /// <summary>How long a pinned client may be silent before another one is pinned. 2.11 and later.</summary>
    public TimeSpan? PriorityTimeout { get; init; }

    /// <summary>Labels. Servers before 2.10 ignore them, which is reported.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>
    /// Fields that this version does not know, by their names in the server's JSON: those that came from the server, and those that you want.
    /// </summary>
    [JsonIgnore]
    public JsonObject? AdditionalFields
    {
        get => Rest is null ? null : new JsonObject(Rest.Select(item => KeyValuePair.Create(item.Key, ModelJson.ToNode(item.Value))));
        init => Rest = value?.ToDictionary(item => item.Key, item => ModelJson.ToElement(item.Value));
    }

    [JsonInclude, JsonExtensionData]
    internal Dictionary<string, JsonElement>? Rest { get; set; }
}
