using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Nats.Consumer.JetStream;

namespace Nats.Consumer;

/// <summary>
/// What you want a stream to be, or what it is. What is not stated (<see langword="null"/>) is the server's default when the stream is created, and is left as it is when
/// the stream is updated. A field that the server does not know is ignored by it, which is reported as an error.
/// </summary>
/// <param name="Name">The name: no dot, white space, <c>*</c>, <c>></c>, <c>/</c> or <c>\</c>; at most 255 bytes.</param>
public sealed record StreamConfig(string Name)
{
    /// <summary>The subjects that the stream captures. The server's default is the stream's name. A mirror has none.</summary>
    [StringSyntax("NatsSubjectPattern")]
    public IReadOnlyList<string>? Subjects { get; init; }

    /// <summary>A text for people.</summary>
    public string? Description { get; init; }

    /// <summary>When messages are let go. The server's default is limits. Work queue cannot be set or unset later.</summary>
    public StreamRetention? Retention { get; init; }

    /// <summary>Where messages are kept. The server's default is file. Cannot be changed.</summary>
    public StreamStorage? Storage { get; init; }

    /// <summary>How many messages at the most; -1, the server's default, for no limit.</summary>
    [JsonPropertyName("max_msgs")]
    public long? MaxMessages { get; init; }

    /// <summary>How many messages of one subject at the most; -1, the server's default, for no limit.</summary>
    [JsonPropertyName("max_msgs_per_subject")]
    public long? MaxMessagesPerSubject { get; init; }

    /// <summary>How many bytes at the most; -1, the server's default, for no limit.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>How large a message may be, headers included, in bytes; -1, the server's default, for no limit but <c>max_payload</c>.</summary>
    [JsonPropertyName("max_msg_size")]
    public int? MaxMessageSize { get; init; }

    /// <summary>How long messages are kept; zero, the server's default, for ever.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>How many consumers at the most; -1, the server's default, for no limit. Can be changed since 2.15.</summary>
    public int? MaxConsumers { get; init; }

    /// <summary>What happens when the stream is full. The server's default is to remove the oldest.</summary>
    public StreamDiscard? Discard { get; init; }

    /// <summary>Whether a subject that is full refuses, too, with <see cref="StreamDiscard.New"/> and <see cref="MaxMessagesPerSubject"/>.</summary>
    public bool? DiscardNewPerSubject { get; init; }

    /// <summary>How long message ids are remembered, so that a message published twice is stored once. The server's default is 2 minutes, or <see cref="MaxAge"/> if that is less.</summary>
    public TimeSpan? DuplicateWindow { get; init; }

    /// <summary>How many servers keep the stream, 1 to 5. The server's default is 1.</summary>
    [JsonPropertyName("num_replicas")]
    public int? Replicas { get; init; }

    /// <summary>Where in the cluster the stream is kept.</summary>
    public StreamPlacement? Placement { get; init; }

    /// <summary>Makes the stream a copy of another one. Nothing can be published to it. Cannot be changed.</summary>
    public StreamSource? Mirror { get; init; }

    /// <summary>Streams whose messages are copied into this one, next to what is published to it.</summary>
    public IReadOnlyList<StreamSource>? Sources { get; init; }

    /// <summary>Changes the subject of messages before they are stored. 2.10 and later.</summary>
    public SubjectTransform? SubjectTransform { get; init; }

    /// <summary>Publishes messages again, as core NATS, once they are stored.</summary>
    public StreamRepublish? Republish { get; init; }

    /// <summary>Whether messages on disk are compressed. The server's default is not. 2.10 and later.</summary>
    public StreamCompression? Compression { get; init; }

    /// <summary>The number of the first message. Only when the stream is created. 2.10 and later.</summary>
    [JsonPropertyName("first_seq")]
    public ulong? FirstSequence { get; init; }

    /// <summary>Limits and defaults of the stream's consumers. 2.10 and later.</summary>
    public StreamConsumerLimits? ConsumerLimits { get; init; }

    /// <summary>Whether messages may be read from any replica, which may lag behind. The server sets it by itself when <see cref="MaxMessagesPerSubject"/> is set.</summary>
    public bool? AllowDirect { get; init; }

    /// <summary>Whether the mirror answers reads in place of its origin.</summary>
    public bool? MirrorDirect { get; init; }

    /// <summary>Whether a message may replace all before it (<c>Nats-Rollup</c>).</summary>
    [JsonPropertyName("allow_rollup_hdrs")]
    public bool? AllowRollup { get; init; }

    /// <summary>Whether deleting messages is refused. Cannot be unset.</summary>
    public bool? DenyDelete { get; init; }

    /// <summary>Whether purging is refused. Cannot be unset.</summary>
    public bool? DenyPurge { get; init; }

    /// <summary>Whether nothing may come in and nothing go, not even by age. Only by an update, and for good.</summary>
    public bool? Sealed { get; init; }

    /// <summary>Whether publishes are not confirmed. Do not: nobody learns of messages that were not stored.</summary>
    public bool? NoAck { get; init; }

    /// <summary>Whether a message may have a time to live (<see cref="PublishOptions.TimeToLive"/>). Cannot be unset. 2.11 and later.</summary>
    [JsonPropertyName("allow_msg_ttl")]
    public bool? AllowMessageTimeToLive { get; init; }

    /// <summary>
    /// The last message of a subject leaves a marker behind when it goes by age, which is kept for so long; at least a second. Needs <see cref="AllowMessageTimeToLive"/>. 2.11 and later.
    /// </summary>
    [JsonPropertyName("subject_delete_marker_ttl")]
    public TimeSpan? DeleteMarkerTimeToLive { get; init; }

    /// <summary>Whether the stream's subjects are counters, and nothing else. 2.12 and later.</summary>
    [JsonPropertyName("allow_msg_counter")]
    public bool? AllowCounters { get; init; }

    /// <summary>Whether a batch may be published as one, all or nothing. 2.12 and later.</summary>
    [JsonPropertyName("allow_atomic")]
    public bool? AllowAtomicPublish { get; init; }

    /// <summary>Whether a batch may be published fast. 2.14 and later.</summary>
    [JsonPropertyName("allow_batched")]
    public bool? AllowBatchPublish { get; init; }

    /// <summary>Whether messages may be scheduled for later (<c>Nats-Schedule</c>). 2.12 and later.</summary>
    [JsonPropertyName("allow_msg_schedules")]
    public bool? AllowSchedules { get; init; }

    /// <summary>When messages reach the disk. The server's default is before they are confirmed. 2.12 and later.</summary>
    public StreamPersistMode? PersistMode { get; init; }

    /// <summary>Labels. Servers before 2.10 ignore them, which is reported.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>
    /// Fields that this version does not know, by their names in the server's JSON: those that came from the server, and those that you want. A field with the value
    /// <see langword="null"/> takes away what is there, such as <c>republish</c>.
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
