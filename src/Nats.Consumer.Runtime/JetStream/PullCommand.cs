using Nats.Consumer.Client;

namespace Nats.Consumer.JetStream;

/// <summary>Asks for messages.</summary>
internal static class PullCommand
{
    /// <summary>How long a request stands.</summary>
    public static readonly TimeSpan Expires = TimeSpan.FromSeconds(30);

    /// <summary>How often the server says that the request stands still.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);

    public static string SubjectOf(string stream, string consumer) => $"$JS.API.CONSUMER.MSG.NEXT.{stream}.{consumer}";

    /// <param name="connection">Where.</param>
    /// <param name="subject">The consumer's.</param>
    /// <param name="inbox">Where the messages shall come.</param>
    /// <param name="wanted">What.</param>
    /// <param name="onError">Told when the request could not be sent although the connection stands.</param>
    public static void Send(INatsConnection connection, ReadOnlySpan<byte> subject, ReadOnlySpan<byte> inbox, PullRequest wanted, Action<string> onError)
    {
        if (wanted.Batch == 0)
            return;
        Span<byte> request = stackalloc byte[192];
        System.Text.Unicode.Utf8.TryWrite(
            request,
            $$"""{"batch":{{wanted.Batch}},"max_bytes":{{wanted.Bytes}},"expires":{{Expires.ToNanoseconds()}},"idle_heartbeat":{{Heartbeat.ToNanoseconds()}}}""",
            out int length);
        try
        {
            ValueTask sent = connection.PublishAsync(new OutgoingMessage { Subject = subject, ReplyTo = inbox, Payload = request[..length], DropOnDisconnect = true });
            if (!sent.IsCompletedSuccessfully)
                _ = ReportAsync(sent, onError);
        }
        catch (NatsConnectionException)
        {
            // Closed for good: the subscription's end completes the queue.
        }
    }

    private static async Task ReportAsync(ValueTask sent, Action<string> onError)
    {
        try
        {
            await sent.ConfigureAwait(false);
        }
        catch (NatsException e)
        {
            onError(e.Message);
        }
    }
}
