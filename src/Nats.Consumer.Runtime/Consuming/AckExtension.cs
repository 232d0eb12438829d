using Nats.Consumer.Client;

namespace Nats.Consumer.Consuming;

/// <summary>
/// An in-progress that was sent. It counts when the server has answered what was sent behind it: one that is cut off on the way leaves the ack wait where it was, so that no handler starts and no settlement is sent
/// when the server has taken the message back.
/// </summary>
/// <param name="Message">The delivery.</param>
/// <param name="Before">What <see cref="InboundMessage.ExtendedAt"/> was; it changes with each use of the message.</param>
internal readonly record struct AckExtension(InboundMessage Message, long Before)
{
    /// <summary>Waits for the server, and lets them count from <paramref name="sentAt"/>.</summary>
    public static async Task CountAsync(IReadOnlyList<AckExtension> sent, long sentAt, INatsConnection connection)
    {
        try
        {
            await connection.FlushAsync().ConfigureAwait(false);
        }
        catch (NatsException)
        {
            return; // nobody knows whether it has arrived
        }

        foreach (AckExtension extension in sent)
            extension.Message.CountExtension(extension.Before, sentAt);
    }
}
