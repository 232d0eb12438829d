using Nats.Consumer.Client;

namespace Nats.Consumer.InMemory;

/// <summary>What happened to a message.</summary>
public enum InMemoryEventKind
{
    /// <summary>A stream stored it.</summary>
    Stored,

    /// <summary>A consumer delivered it.</summary>
    Delivered,

    /// <summary>It was acknowledged.</summary>
    Acknowledged,

    /// <summary>It was handed back, to be delivered again at once or after <see cref="InMemoryEvent.Delay"/>.</summary>
    NegativelyAcknowledged,

    /// <summary>Its handler asked for more time.</summary>
    InProgress,

    /// <summary>It is delivered no more, by a client's wish or because it has left the stream; <see cref="InMemoryEvent.Reason"/> may say why.</summary>
    Terminated,

    /// <summary>It is delivered no more, because it was delivered as often as the consumer allows.</summary>
    MaxDeliveries,
}

/// <summary>Something that happened on an in-memory server.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Time">When, by the server's clock.</param>
/// <param name="Stream">The stream of the message.</param>
/// <param name="Consumer">The consumer; empty for <see cref="InMemoryEventKind.Stored"/>.</param>
/// <param name="Sequence">The sequence of the message in the stream.</param>
/// <param name="Subject">The subject of the message; empty when the stream has it no more.</param>
public sealed record InMemoryEvent(InMemoryEventKind Kind, DateTimeOffset Time, string Stream, string Consumer, ulong Sequence, string Subject)
{
    /// <summary>How often the message had been delivered, this time included; 0 for <see cref="InMemoryEventKind.Stored"/>.</summary>
    public int Deliveries { get; init; }

    /// <summary>After how long a <see cref="InMemoryEventKind.NegativelyAcknowledged"/> message shall come again.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The payload of the message, for <see cref="InMemoryEventKind.Stored"/>; otherwise empty.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>The headers of the message, for <see cref="InMemoryEventKind.Stored"/>; <see langword="null"/> when there are none.</summary>
    public NatsHeaders? Headers { get; init; }

    /// <summary>Why a message was <see cref="InMemoryEventKind.Terminated"/>; empty when nobody said.</summary>
    public string Reason { get; init; } = "";
}
