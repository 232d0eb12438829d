using Nats.Consumer.Client;
using Nats.Consumer.Payloads;

namespace Nats.Consumer;

/// <summary>A message that could not be handled: what it was, where it came from, and why it was given up.</summary>
public sealed record DeadLetter
{
    private readonly PayloadSerializer _payloads;

    internal DeadLetter(PayloadSerializer payloads) => _payloads = payloads;

    /// <summary>Its number in the dead-letter stream; what identifies it.</summary>
    public required ulong Sequence { get; init; }

    /// <summary>The stream that the message came from.</summary>
    public required string Stream { get; init; }

    /// <summary>The consumer that could not handle it.</summary>
    public required string Consumer { get; init; }

    /// <summary>The message's subject.</summary>
    public required string Subject { get; init; }

    /// <summary>The message's number in <see cref="Stream"/>.</summary>
    public ulong StreamSequence { get; init; }

    /// <summary>How often it was delivered.</summary>
    public int Deliveries { get; init; }

    /// <summary>When the message was stored in <see cref="Stream"/>.</summary>
    public DateTimeOffset? StoredAt { get; init; }

    /// <summary>When it was given up.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>Why it was given up.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The type of the handler's exception; <see langword="null"/> when there was none.</summary>
    public string? Error { get; init; }

    /// <summary>The handler's exception with its stack, cut to fit, on one line.</summary>
    public string? Stack { get; init; }

    /// <summary>The machine that gave it up.</summary>
    public string? Host { get; init; }

    /// <summary>How often the message had been published again from a dead letter before; 0 at first.</summary>
    public int Replays { get; init; }

    /// <summary>The message's own headers, as it had them; <see langword="null"/> when there were none.</summary>
    public NatsHeaders? Headers { get; init; }

    /// <summary>The message's payload.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>
    /// Whether the payload is gone. A payload that was too large to stand with the rest is a message of its own in the dead-letter stream, and somebody has deleted that.
    /// </summary>
    public bool IsPayloadMissing { get; init; }

    /// <summary>The message id under which it is stored, or what comes nearest to one.</summary>
    internal string Id { get; init; } = "";

    /// <summary>Where the payload is, if not here.</summary>
    internal ulong? PayloadSequence { get; init; }

    /// <summary>The payload as a value.</summary>
    /// <exception cref="PayloadException">The payload is not what <typeparamref name="T"/> needs.</exception>
    public T? Read<T>() => _payloads.Read<T>(Payload);
}
