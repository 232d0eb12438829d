using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Nats.Consumer;

/// <summary>A consumer as the server describes it.</summary>
public sealed record ConsumerInfo
{
    /// <summary>The stream.</summary>
    [JsonPropertyName("stream_name")]
    public string Stream { get => field ?? ""; init; }

    /// <summary>Its name.</summary>
    public string Name { get => field ?? ""; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>Its configuration, with the server's defaults filled in.</summary>
    public ConsumerConfig Config { get => field ?? new(); init; }

    /// <summary>What was delivered last.</summary>
    public SequenceInfo Delivered { get => field ?? new(); init; }

    /// <summary>Up to here everything is settled.</summary>
    public SequenceInfo AckFloor { get => field ?? new(); init; }

    /// <summary>Deliveries without a settlement.</summary>
    [JsonPropertyName("num_ack_pending")]
    public long AckPending { get; init; }

    /// <summary>Deliveries without a settlement that are not the first of their message.</summary>
    [JsonPropertyName("num_redelivered")]
    public long Redelivered { get; init; }

    /// <summary>Pulls that wait.</summary>
    [JsonPropertyName("num_waiting")]
    public long Waiting { get; init; }

    /// <summary>Messages that were not delivered yet.</summary>
    [JsonPropertyName("num_pending")]
    public long Pending { get; init; }

    /// <summary>Whether somebody subscribes to what a push consumer delivers.</summary>
    [JsonPropertyName("push_bound")]
    public bool IsPushBound { get; init; }

    /// <summary>Whether it is paused.</summary>
    [JsonPropertyName("paused")]
    public bool IsPaused { get; init; }

    /// <summary>For how long it is paused.</summary>
    public TimeSpan PauseRemaining { get; init; }

    /// <summary>The servers that keep it; <see langword="null"/> on a server without a cluster.</summary>
    public ClusterInfo? Cluster { get; init; }

    /// <summary>The state of priority groups.</summary>
    public IReadOnlyList<PriorityGroupInfo> PriorityGroups { get => field ?? []; init; }

    /// <summary>All that the server said, what this version does not know included.</summary>
    [JsonIgnore]
    public JsonObject Json { get; init; } = [];
}

/// <summary>A place in a stream, and in what a consumer has delivered of it.</summary>
public sealed record SequenceInfo
{
    /// <summary>The number of the delivery.</summary>
    [JsonPropertyName("consumer_seq")]
    public ulong ConsumerSequence { get; init; }

    /// <summary>The number of the message.</summary>
    [JsonPropertyName("stream_seq")]
    public ulong StreamSequence { get; init; }

    /// <summary>When it was.</summary>
    public DateTimeOffset? LastActive { get; init; }
}

/// <summary>The state of a priority group.</summary>
public sealed record PriorityGroupInfo
{
    /// <summary>The group.</summary>
    public string Group { get => field ?? ""; init; }

    /// <summary>The id of the pinned client.</summary>
    public string? PinnedClientId { get; init; }

    /// <summary>Since when it is pinned.</summary>
    [JsonPropertyName("pinned_ts")]
    public DateTimeOffset? PinnedSince { get; init; }
}

/// <summary>Whether a consumer is paused.</summary>
public sealed record ConsumerPause
{
    /// <summary>Whether it is.</summary>
    [JsonPropertyName("paused")]
    public bool IsPaused { get; init; }

    /// <summary>Until when.</summary>
    [JsonPropertyName("pause_until")]
    public DateTimeOffset? Until { get; init; }

    /// <summary>For how long.</summary>
    [JsonPropertyName("pause_remaining")]
    public TimeSpan Remaining { get; init; }
}
