namespace Nats.Consumer.Client.Wire;

/// <summary>What a server would answer with an error, or by closing the connection, is refused before it is sent.</summary>
internal static class OutgoingRules
{
    // The server's default for a whole protocol line is 4,096 bytes; a longer one makes it close the connection.
    private const int MaxSubjects = 4000;

    /// <param name="message">What is to be sent.</param>
    /// <param name="server">To whom, if that is known.</param>
    public static void Check(in OutgoingMessage message, NatsServerInfo? server)
    {
        WireSubject.ThrowIfUnsafe(message.Subject, "subject");
        if (!message.ReplyTo.IsEmpty)
            WireSubject.ThrowIfUnsafe(message.ReplyTo, "reply subject");
        if (message.Subject.Length + message.ReplyTo.Length > MaxSubjects)
            throw new ArgumentException($"Subject and reply subject have {message.Subject.Length + message.ReplyTo.Length:N0} bytes together; a server takes {MaxSubjects:N0}.", nameof(message));
        if (server is null)
            return;
        if (message.Headers is not null && !server.HeadersSupported)
            throw new NatsServerException($"The message has headers, which nats-server '{server.ServerName}' ({server.VersionText}) does not take: turn them on in its configuration.");
        long size = message.Payload.Length + (message.Headers is null ? 0L : HeaderBlock.Length(message.Headers));
        if (size > server.MaxPayload)
            throw new NatsPayloadTooLargeException(size, server.MaxPayload);
    }
}
