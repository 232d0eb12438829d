using System.Text;

namespace Nats.Consumer.Client;

/// <summary>
/// A message as it lies in the receive buffer. It lives only during the call that hands it over; <see cref="ToMessage"/> makes a copy to keep.
/// </summary>
public readonly ref struct ReceivedMessage
{
    /// <summary>Creates a view over the parts of a message.</summary>
    /// <param name="subject">Subject, UTF-8.</param>
    /// <param name="replyTo">Reply subject, UTF-8; empty when there is none.</param>
    /// <param name="headers">The header block from <c>NATS/1.0</c> to the empty line; empty when there is none.</param>
    /// <param name="payload">The payload.</param>
    public ReceivedMessage(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> replyTo, ReadOnlySpan<byte> headers, ReadOnlySpan<byte> payload)
    {
        Subject = subject;
        ReplyTo = replyTo;
        Headers = headers;
        Payload = payload;
    }

    /// <summary>The subject, UTF-8.</summary>
    public ReadOnlySpan<byte> Subject { get; }

    /// <summary>The reply subject, UTF-8; empty when there is none.</summary>
    public ReadOnlySpan<byte> ReplyTo { get; }

    /// <summary>The header block as sent, from <c>NATS/1.0</c> to the empty line; empty when there is none. <see cref="NatsHeaders.Parse"/> reads it.</summary>
    public ReadOnlySpan<byte> Headers { get; }

    /// <summary>The payload.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>The status that the server put on the first header line (<c>NATS/1.0 408 Request Timeout</c>); code 0 for a message without one.</summary>
    public NatsStatus Status => NatsHeaders.ParseStatus(Headers);

    /// <summary>Copies everything into a message that may be kept.</summary>
    public NatsMessage ToMessage() => new(
        Encoding.UTF8.GetString(Subject),
        ReplyTo.IsEmpty ? null : Encoding.UTF8.GetString(ReplyTo),
        Headers.IsEmpty ? null : NatsHeaders.Parse(Headers),
        Payload.ToArray())
    { Status = Status };
}
