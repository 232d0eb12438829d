using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Nats.Consumer.JetStream;

namespace Nats.Consumer;

/// <summary>A stream as the server describes it.</summary>
public sealed record StreamInfo
{
    /// <summary>Its configuration, with the server's defaults filled in.</summary>
    public required StreamConfig Config { get; init; }

    /// <summary>Its name.</summary>
    [JsonIgnore]
    public string Name => Config.Name;

    /// <summary>When it was created.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>What it holds.</summary>
    public StreamState State { get => field ?? new(); init; }

    /// <summary>The servers that keep it; <see langword="null"/> on a server without a cluster.</summary>
    public ClusterInfo? Cluster { get; init; }

    /// <summary>How far the mirror is.</summary>
    public StreamSourceInfo? Mirror { get; init; }

    /// <summary>How far the sources are.</summary>
    public IReadOnlyList<StreamSourceInfo> Sources { get => field ?? []; init; }

    /// <summary>Mirrors of this stream, the nearest first.</summary>
    public IReadOnlyList<StreamAlternate> Alternates { get => field ?? []; init; }

    /// <summary>The JetStream domain; <see langword="null"/> without one.</summary>
    public string? Domain { get; init; }

    /// <summary>All that the server said, what this version does not know included.</summary>
    [JsonIgnore]
    public JsonObject Json { get; init; } = [];
}

/// <summary>What a stream holds.</summary>
public sealed record StreamState
{
    /// <summary>The number of messages.</summary>
    public long Messages { get; init; }

    /// <summary>Their size, in bytes.</summary>
    public long Bytes { get; init; }

    /// <summary>The number of the first message; one more than <see cref="LastSequence"/> when there is none.</summary>
    [JsonPropertyName("first_seq")]
    public ulong FirstSequence { get; init; }

    /// <summary>When the first message was stored.</summary>
    [JsonPropertyName("first_ts")]
    public DateTimeOffset? FirstTimestamp { get; init; }

    /// <summary>The number of the last message that was ever stored.</summary>
    [JsonPropertyName("last_seq")]
    public ulong LastSequence { get; init; }

    /// <summary>When the last message was stored.</summary>
    [JsonPropertyName("last_ts")]
    public DateTimeOffset? LastTimestamp { get; init; }

    /// <summary>The number of consumers.</summary>
    [JsonPropertyName("consumer_count")]
    public int Consumers { get; init; }

    /// <summary>The number of subjects.</summary>
    [JsonPropertyName("num_subjects")]
    public long SubjectCount { get; init; }

    /// <summary>How many messages each subject has; only those that were asked for.</summary>
    public IReadOnlyDictionary<string, long> Subjects { get => field ?? new Dictionary<string, long>(); init; }

    /// <summary>How many messages between the first and the last were deleted.</summary>
    [JsonPropertyName("num_deleted")]
    public long DeletedCount { get; init; }

    /// <summary>The numbers of deleted messages; only if asked for.</summary>
    public IReadOnlyList<ulong> Deleted { get => field ?? []; init; }
}

/// <summary>How far a mirror or a source is.</summary>
public sealed record StreamSourceInfo
{
    /// <summary>The stream that is copied.</summary>
    public string Name { get => field ?? ""; init; }

    /// <summary>How many messages it is behind.</summary>
    public long Lag { get; init; }

    /// <summary>How long ago something was heard of it; <see langword="null"/> when nothing was ever.</summary>
    [JsonIgnore]
    public TimeSpan? Active => ActiveNanoseconds < 0 ? null : Nanoseconds.ToTimeSpan(ActiveNanoseconds);

    [JsonInclude, JsonPropertyName("active")]
    internal long ActiveNanoseconds { get; init; }

    /// <summary>What of it is copied.</summary>
    public string? FilterSubject { get; init; }

    /// <summary>Why it is not copied at present.</summary>
    public ApiErrorInfo? Error { get; init; }
}

/// <summary>An error as the server describes it.</summary>
/// <param name="Code">The class of error, as in HTTP.</param>
/// <param name="ErrorCode">The server's error number.</param>
/// <param name="Description">The server's own words.</param>
public sealed record ApiErrorInfo(int Code, [property: JsonPropertyName("err_code")] int ErrorCode, string? Description);

/// <summary>A mirror that can be read in place of a stream.</summary>
/// <param name="Name">The mirror's name.</param>
/// <param name="Cluster">The cluster that it is in.</param>
/// <param name="Domain">Its JetStream domain.</param>
public sealed record StreamAlternate(string Name, string? Cluster = null, string? Domain = null);

/// <summary>The servers that keep a stream or consumer.</summary>
public sealed record ClusterInfo
{
    /// <summary>The cluster's name.</summary>
    public string? Name { get; init; }

    /// <summary>The server that leads; <see langword="null"/> while none does, and then nothing works.</summary>
    public string? Leader { get; init; }

    /// <summary>The others.</summary>
    public IReadOnlyList<ReplicaInfo> Replicas { get => field ?? []; init; }
}

/// <summary>A server that keeps a copy.</summary>
public sealed record ReplicaInfo
{
    /// <summary>The server's name.</summary>
    public string Name { get => field ?? ""; init; }

    /// <summary>Whether it has caught up.</summary>
    [JsonPropertyName("current")]
    public bool IsCurrent { get; init; }

    /// <summary>Whether it is away.</summary>
    [JsonPropertyName("offline")]
    public bool IsOffline { get; init; }

    /// <summary>How long ago something was heard of it.</summary>
    public TimeSpan Active { get; init; }

    /// <summary>How many operations it is behind.</summary>
    public long Lag { get; init; }
}
