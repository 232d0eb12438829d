using Nats.Consumer.Client;

namespace Nats.Consumer.JetStream;

/// <summary>Gives back to the server what was delivered and is not wanted any more, for somebody else to get at once.</summary>
internal static class HandBack
{
    public static async ValueTask SendAsync(ReadingTools tools, MessageAcks acks, IReadOnlyList<JetStreamMessage> messages)
    {
        if (messages.Count == 0 || acks.AcksNothing || tools.Connection.State != NatsConnectionState.Connected)
            return;
        try
        {
            // Looking at the consumer makes the server forget requests that nobody waits for. nats-server 2.9.10 would pick such a request for the first message that is handed back, find nobody there,
            // forget that message until its ack wait is over, and deliver another one twice.
            await tools.Api.GetConsumerAsync(acks.Stream, acks.Consumer, CancellationToken.None).ConfigureAwait(false);
            foreach (JetStreamMessage message in messages)
                await message.NakAsync().ConfigureAwait(false);
        }
        catch (NatsException)
        {
            // The connection or the consumer has gone: the server delivers the rest again after the ack wait.
        }
    }
}
