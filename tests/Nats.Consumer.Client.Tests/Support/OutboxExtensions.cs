using System.Text;
using Nats.Consumer.Client.Wire;

namespace Nats.Consumer.Client.Tests.Support;

/// <summary>The outbox with strings.</summary>
internal static class OutboxExtensions
{
    public static ValueTask Put(
        this Outbox outbox, string payload, TimeSpan timeToSend = default, bool dropOnDisconnect = false, CancellationToken cancellationToken = default) =>
        outbox.PublishAsync(
            new OutgoingMessage { Subject = "a"u8, Payload = Encoding.UTF8.GetBytes(payload), TimeToSend = timeToSend, DropOnDisconnect = dropOnDisconnect },
            cancellationToken);

    /// <summary>Takes what may be sent; the payloads of "PUB a n" and all other lines as they are.</summary>
    public static List<string> Take(this Outbox outbox)
    {
        if (!outbox.TryTake(out ReadOnlyMemory<byte> batch))
            return [];
        string[] lines = Encoding.UTF8.GetString(batch.Span).Split("\r\n");
        lines[^1].ShouldBe("", "a batch ends with a whole line");
        return [.. lines[..^1].Where(line => !line.StartsWith("PUB a ", StringComparison.Ordinal))];
    }
}
