using Nats.Consumer.Client;
using Nats.Consumer.Payloads;

namespace Nats.Consumer.Testing;

/// <summary>A message that a stream has stored, published by the test or by the worker. Dead letters are not among them.</summary>
/// <param name="Subject">Its subject.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Sequence">Its number in the stream.</param>
/// <param name="Time">When, by the harness's clock.</param>
public sealed record PublishedMessage(string Subject, string Stream, ulong Sequence, DateTimeOffset Time)
{
    private readonly PayloadSerializer _payloads = null!;

    internal PublishedMessage(string subject, string stream, ulong sequence, DateTimeOffset time, PayloadSerializer payloads)
        : this(subject, stream, sequence, time) => _payloads = payloads;

    /// <summary>Its payload.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>Its headers; <see langword="null"/> when there are none.</summary>
    public NatsHeaders? Headers { get; init; }

    /// <summary>The payload as a value, read as the worker reads it.</summary>
    /// <exception cref="PayloadException">The payload is not what <typeparamref name="T"/> needs.</exception>
    public T? Read<T>() => _payloads.Read<T>(Payload);
}

/// <summary>An attempt to handle a message: its handlers were called, and decided.</summary>
/// <param name="Subject">The message's subject.</param>
/// <param name="Stream">Its stream.</param>
/// <param name="Consumer">The durable that delivered it.</param>
/// <param name="Sequence">Its number in the stream.</param>
/// <param name="Attempt">Which attempt it was; 1 at first.</param>
/// <param name="Handlers">The methods that were called, as <c>OrderHandler.OnCreatedAsync</c>; none, when no pattern takes the message and there is no fallback.</param>
/// <param name="Outcome">What they decided.</param>
public sealed record HandledMessage(string Subject, string Stream, string Consumer, ulong Sequence, int Attempt, IReadOnlyList<string> Handlers, Outcome Outcome)
{
    /// <summary>What a handler threw, or why the message could not be handed to it; <see langword="null"/> when all went well.</summary>
    public Exception? Error { get; init; }

    /// <summary>When the handlers began, by the harness's clock.</summary>
    public DateTimeOffset Began { get; init; }

    /// <summary>When they had decided.</summary>
    public DateTimeOffset Ended { get; init; }
}

/// <summary>A message that is tried again.</summary>
/// <param name="Subject">The message's subject.</param>
/// <param name="Stream">Its stream.</param>
/// <param name="Consumer">The durable that delivered it.</param>
/// <param name="Sequence">Its number in the stream.</param>
/// <param name="Attempt">The attempt that failed; 1 at first.</param>
/// <param name="Delay">After how long.</param>
/// <param name="Time">When that was decided, by the harness's clock.</param>
public sealed record RetriedMessage(string Subject, string Stream, string Consumer, ulong Sequence, int Attempt, TimeSpan Delay, DateTimeOffset Time);

/// <summary>What the server was told of a message.</summary>
/// <param name="Kind">What.</param>
/// <param name="Subject">The message's subject; empty when the stream has the message no more.</param>
/// <param name="Stream">Its stream.</param>
/// <param name="Consumer">The durable that delivered it.</param>
/// <param name="Sequence">Its number in the stream.</param>
/// <param name="Deliveries">How often it had been delivered.</param>
/// <param name="Time">When, by the harness's clock.</param>
public sealed record Settlement(SettlementKind Kind, string Subject, string Stream, string Consumer, ulong Sequence, int Deliveries, DateTimeOffset Time)
{
    /// <summary>After how long a message comes again, for <see cref="SettlementKind.Nak"/>.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Why it never comes again, for <see cref="SettlementKind.Term"/>; empty on servers that do not know reasons.</summary>
    public string Reason { get; init; } = "";
}

/// <summary>What a server can be told of a message.</summary>
public enum SettlementKind
{
    /// <summary>It is handled.</summary>
    Ack,

    /// <summary>It shall come again, at once or after <see cref="Settlement.Delay"/>.</summary>
    Nak,

    /// <summary>It shall never come again.</summary>
    Term,

    /// <summary>It is being worked on: its ack wait starts anew.</summary>
    InProgress,
}
