using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Nats.Consumer.InMemory.Api;

namespace Nats.Consumer.InMemory.Streams;

/// <summary>The configuration of a stream as it goes over the wire (nats-server, StreamConfig). Times are nanoseconds. What is not stated is zero.</summary>
internal sealed record StreamConfig
{
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Name { get; set; } = "";

    public string? Description { get; set; }

    public List<string>? Subjects { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public Retention Retention { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public long MaxConsumers { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public long MaxMsgs { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public long MaxBytes { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public long MaxAge { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public long MaxMsgsPerSubject { get; set; }

    public int MaxMsgSize { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public Discard Discard { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public Storage? Storage { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int NumReplicas { get; set; }

    public bool NoAck { get; set; }

    public long DuplicateWindow { get; set; }

    public JsonObject? Placement { get; set; }

    public JsonObject? Mirror { get; set; }

    public JsonArray? Sources { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public Compression Compression { get; set; }

    public ulong FirstSeq { get; set; }

    public JsonObject? SubjectTransform { get; set; }

    public Republish? Republish { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public bool AllowDirect { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public bool MirrorDirect { get; set; }

    public bool DiscardNewPerSubject { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public bool Sealed { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public bool DenyDelete { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public bool DenyPurge { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public bool AllowRollupHdrs { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ConsumerLimits ConsumerLimits { get; set; } = new();

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public bool AllowMsgTtl { get; set; }

    public long SubjectDeleteMarkerTtl { get; set; }

    public bool AllowMsgCounter { get; set; }

    public bool AllowAtomic { get; set; }

    public bool AllowMsgSchedules { get; set; }

    public string? PersistMode { get; set; }

    public bool AllowBatched { get; set; }

    public SortedDictionary<string, string>? Metadata { get; set; }
}

/// <summary>What holds for consumers that do not state it.</summary>
internal sealed record ConsumerLimits
{
    public long InactiveThreshold { get; set; }

    public int MaxAckPending { get; set; }
}

/// <summary>Where stored messages are published again.</summary>
internal sealed record Republish
{
    public string? Src { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Dest { get; set; } = "";

    public bool HeadersOnly { get; set; }
}

[JsonConverter(typeof(RetentionConverter))]
internal enum Retention
{
    Limits,
    Interest,
    WorkQueue,
}

[JsonConverter(typeof(WordConverter<Discard>))]
internal enum Discard
{
    Old,
    New,
}

[JsonConverter(typeof(WordConverter<Storage>))]
internal enum Storage
{
    File,
    Memory,
}

[JsonConverter(typeof(WordConverter<Compression>))]
internal enum Compression
{
    None,
    S2,
}
