using Core = NATS.Client.Core;

namespace Nats.Consumer.NatsNet.Publishing;

/// <summary>A message that waits for the connection.</summary>
/// <param name="Subject">Where it goes.</param>
/// <param name="ReplyTo">Where replies go.</param>
/// <param name="Headers">Its headers.</param>
/// <param name="Payload">Its payload, a copy.</param>
/// <param name="ExpiresAt">The time stamp from which on it is not worth sending; 0 for never.</param>
/// <param name="DropOnDisconnect">Whether it is void when the connection breaks once more.</param>
internal sealed record Waiting(string Subject, string? ReplyTo, Core.NatsHeaders? Headers, byte[] Payload, long ExpiresAt, bool DropOnDisconnect)
{
    private const int Overhead = 64;

    /// <summary>What it counts for: its payload, its subjects, and something for the rest.</summary>
    public int Size => Payload.Length + Subject.Length + (ReplyTo?.Length ?? 0) + Overhead;

    public bool HasExpired(long now) => ExpiresAt != 0 && ExpiresAt <= now;
}
