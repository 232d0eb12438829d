using Nats.Consumer.Client;
using Nats.Consumer.Payloads;

namespace Nats.Consumer;

/// <summary>A message as a stream holds it. It was read, not delivered: there is nothing to acknowledge.</summary>
public sealed class StoredMessage
{
    private readonly PayloadSerializer _payloads;

    internal StoredMessage(PayloadSerializer payloads) => _payloads = payloads;

    /// <summary>The stream.</summary>
    public required string Stream { get; init; }

    /// <summary>Its number in the stream.</summary>
    public required ulong Sequence { get; init; }

    /// <summary>The subject.</summary>
    public required string Subject { get; init; }

    /// <summary>When it was stored.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The headers; <see langword="null"/> when there are none.</summary>
    public NatsHeaders? Headers { get; init; }

    /// <summary>The payload.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>The payload as a value.</summary>
    /// <exception cref="PayloadException">The payload is not what <typeparamref name="T"/> needs.</exception>
    public T? Read<T>() => _payloads.Read<T>(Payload);
}
