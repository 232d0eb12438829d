namespace Nats.Consumer.Client;

/// <summary>A received message that owns its parts and may be kept.</summary>
/// <param name="Subject">The subject.</param>
/// <param name="ReplyTo">The reply subject; <see langword="null"/> when there is none.</param>
/// <param name="Headers">The headers; <see langword="null"/> when there are none.</param>
/// <param name="Payload">The payload.</param>
public sealed record NatsMessage(string Subject, string? ReplyTo, NatsHeaders? Headers, ReadOnlyMemory<byte> Payload)
{
    /// <summary>The status on the first header line; code 0 for a message without one.</summary>
    public NatsStatus Status { get; init; }
}
