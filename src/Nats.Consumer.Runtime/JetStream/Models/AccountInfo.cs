using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Nats.Consumer;

/// <summary>What the account uses of JetStream, and what it may.</summary>
public sealed record AccountInfo
{
    /// <summary>Bytes in memory.</summary>
    public long Memory { get; init; }

    /// <summary>Bytes on disk.</summary>
    public long Storage { get; init; }

    /// <summary>Bytes in memory that streams with a limit have reserved.</summary>
    public long ReservedMemory { get; init; }

    /// <summary>Bytes on disk that streams with a limit have reserved.</summary>
    public long ReservedStorage { get; init; }

    /// <summary>The number of streams.</summary>
    public int Streams { get; init; }

    /// <summary>The number of consumers.</summary>
    public int Consumers { get; init; }

    /// <summary>The JetStream domain; <see langword="null"/> without one.</summary>
    public string? Domain { get; init; }

    /// <summary>What the account may use; -1 for no limit.</summary>
    public AccountLimits Limits { get => field ?? new(); init; }

    /// <summary>The same for each tier (<c>R1</c>, <c>R3</c>), where the account has limits by the number of replicas.</summary>
    public IReadOnlyDictionary<string, AccountTier> Tiers { get => field ?? new Dictionary<string, AccountTier>(); init; }

    /// <summary>Requests to the API.</summary>
    public AccountApiUse Api { get => field ?? new(); init; }

    /// <summary>All that the server said, what this version does not know included.</summary>
    [JsonIgnore]
    public JsonObject Json { get; init; } = [];
}

/// <summary>What an account may use; -1 for no limit.</summary>
public sealed record AccountLimits
{
    /// <summary>Bytes in memory.</summary>
    public long MaxMemory { get; init; }

    /// <summary>Bytes on disk.</summary>
    public long MaxStorage { get; init; }

    /// <summary>Streams.</summary>
    public int MaxStreams { get; init; }

    /// <summary>Consumers of one stream.</summary>
    public int MaxConsumers { get; init; }

    /// <summary>The largest <see cref="ConsumerConfig.MaxAckPending"/>.</summary>
    public int MaxAckPending { get; init; }

    /// <summary>The largest <see cref="StreamConfig.MaxBytes"/> of a stream in memory.</summary>
    public long MemoryMaxStreamBytes { get; init; }

    /// <summary>The largest <see cref="StreamConfig.MaxBytes"/> of a stream on disk.</summary>
    public long StorageMaxStreamBytes { get; init; }

    /// <summary>Whether each stream must state <see cref="StreamConfig.MaxBytes"/>.</summary>
    public bool MaxBytesRequired { get; init; }
}

/// <summary>What an account uses of a tier, and what it may.</summary>
public sealed record AccountTier
{
    /// <summary>Bytes in memory.</summary>
    public long Memory { get; init; }

    /// <summary>Bytes on disk.</summary>
    public long Storage { get; init; }

    /// <summary>The number of streams.</summary>
    public int Streams { get; init; }

    /// <summary>The number of consumers.</summary>
    public int Consumers { get; init; }

    /// <summary>What the account may use; -1 for no limit.</summary>
    public AccountLimits Limits { get => field ?? new(); init; }
}

/// <summary>Requests to the JetStream API.</summary>
public sealed record AccountApiUse
{
    /// <summary>The level of the API; 0 before 2.11.</summary>
    public int Level { get; init; }

    /// <summary>How many.</summary>
    public long Total { get; init; }

    /// <summary>How many were refused.</summary>
    public long Errors { get; init; }
}
