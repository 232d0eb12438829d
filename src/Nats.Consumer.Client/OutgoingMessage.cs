namespace Nats.Consumer.Client;

/// <summary>A message to send. All of it is copied before the call that takes it returns.</summary>
public readonly ref struct OutgoingMessage
{
    /// <summary>The subject, UTF-8, without wildcards.</summary>
    public required ReadOnlySpan<byte> Subject { get; init; }

    /// <summary>Where replies go, UTF-8; empty for nowhere.</summary>
    public ReadOnlySpan<byte> ReplyTo { get; init; }

    /// <summary>Headers; <see langword="null"/> for none.</summary>
    public NatsHeaders? Headers { get; init; }

    /// <summary>The payload.</summary>
    public ReadOnlySpan<byte> Payload { get; init; }

    /// <summary>
    /// How long the message is worth sending, from the call on. Zero, the default, means as long as the connection keeps it. A message that is still
    /// queued after that, because the connection was away, is dropped: an ack that comes after the server has redelivered is worse than none.
    /// </summary>
    public TimeSpan TimeToSend { get; init; }

    /// <summary>
    /// The message means something on one connection only (a pull request, a request whose waiter is told of the disconnect): it is dropped when
    /// the connection breaks before it was sent. Sent after the reconnect when it is queued during the outage.
    /// </summary>
    public bool DropOnDisconnect { get; init; }
}
