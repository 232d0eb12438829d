using System.Diagnostics.CodeAnalysis;

namespace Nats.Consumer;

/// <summary>What <see cref="IJetStream.ConsumeOrderedAsync"/> reads.</summary>
public sealed class OrderedOptions
{
    /// <summary>Which messages; all of the stream without one. Several need 2.10.</summary>
    [StringSyntax("NatsSubjectPattern")]
    public IReadOnlyList<string>? FilterSubjects { get; init; }

    /// <summary>Where to start. <see cref="StartSequence"/> and <see cref="StartTime"/> imply theirs.</summary>
    /// <value>The default is at the first message that the stream holds.</value>
    public DeliverPolicy? DeliverPolicy { get; init; }

    /// <summary>The number of the first message.</summary>
    public ulong? StartSequence { get; init; }

    /// <summary>The first message is the first one that was stored at that time or later.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>Leaves the payloads out; their size is in the header <c>Nats-Msg-Size</c>.</summary>
    public bool HeadersOnly { get; init; }

    /// <summary>Ends when all messages that the stream held at some moment have been read, instead of waiting for more.</summary>
    public bool StopAtEnd { get; init; }

    /// <summary>How many messages to keep requested and buffered, topped up at half.</summary>
    /// <value>The default is 500.</value>
    public int MaxMessages { get; init; } = 500;

    internal void Validate() => ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxMessages);
}
