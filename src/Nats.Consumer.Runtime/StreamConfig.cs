using System.Diagnostics.CodeAnalysis;

namespace Nats.Consumer;

/// <summary>When a stream lets go of messages.</summary>
public enum StreamRetention
{
    /// <summary>When a limit is reached.</summary>
    Limits,

    /// <summary>When every consumer has acknowledged. Without a consumer nothing is kept.</summary>
    Interest,

    /// <summary>When one consumer has acknowledged.</summary>
    WorkQueue,
}

/// <summary>Where a stream keeps its messages.</summary>
public enum StreamStorage
{
    /// <summary>On disk.</summary>
    File,

    /// <summary>In memory; gone when the server stops.</summary>
    Memory,
}

/// <summary>What a full stream does with the next message.</summary>
public enum StreamDiscard
{
    /// <summary>Removes the oldest.</summary>
    Old,

    /// <summary>Refuses the new one.</summary>
    New,
}

/// <summary>
/// What you want a stream to be. What is not stated (<see langword="null"/>) is the server's default when the stream is created, and is left as it is when
/// the stream is updated.
/// </summary>
/// <param name="name">The name: no dot, white space, <c>*</c>, <c>></c>, <c>/</c> or <c>\</c>; at most 255 bytes.</param>
public sealed class StreamConfig(string name)
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <summary>The subjects that the stream captures. The server's default is the stream's name.</summary>
    [StringSyntax("NatsSubjectPattern")]
    public IReadOnlyList<string>? Subjects { get; init; }

    /// <summary>A text for people.</summary>
    public string? Description { get; init; }

    /// <summary>When messages are let go. The server's default is limits. Work queue cannot be set or unset later.</summary>
    public StreamRetention? Retention { get; init; }

    /// <summary>Where messages are kept. The server's default is file. Cannot be changed.</summary>
    public StreamStorage? Storage { get; init; }

    /// <summary>How many messages at the most; -1, the server's default, for no limit.</summary>
    public long? MaxMessages { get; init; }

    /// <summary>How many messages of one subject at the most; -1, the server's default, for no limit.</summary>
    public long? MaxMessagesPerSubject { get; init; }

    /// <summary>How many bytes at the most; -1, the server's default, for no limit.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>How large a message may be, headers included, in bytes; -1, the server's default, for no limit but <c>max_payload</c>.</summary>
    public int? MaxMessageSize { get; init; }

    /// <summary>How long messages are kept; zero, the server's default, for ever.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>What happens when the stream is full. The server's default is to remove the oldest.</summary>
    public StreamDiscard? Discard { get; init; }

    /// <summary>How long message ids are remembered, so that a message published twice is stored once. The server's default is 2 minutes.</summary>
    public TimeSpan? DuplicateWindow { get; init; }

    /// <summary>How many servers keep the stream, 1 to 5. The server's default is 1.</summary>
    public int? Replicas { get; init; }

    /// <summary>Whether messages may be read from any replica.</summary>
    public bool? AllowDirect { get; init; }

    /// <summary>Whether a message may replace all before it (<c>Nats-Rollup</c>).</summary>
    public bool? AllowRollup { get; init; }

    /// <summary>Whether deleting messages is refused. Cannot be unset.</summary>
    public bool? DenyDelete { get; init; }

    /// <summary>Whether purging is refused. Cannot be unset.</summary>
    public bool? DenyPurge { get; init; }

    /// <summary>Labels. Servers before 2.10 ignore them, which is reported.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}
