using System.Text;

namespace Nats.Consumer.Client;

/// <summary>The calls of <see cref="INatsConnection"/> with subjects as strings.</summary>
public static class NatsConnectionExtensions
{
    private const int OnStack = 256;

    /// <inheritdoc cref="INatsConnection.PublishAsync"/>
    public static ValueTask PublishAsync(
        this INatsConnection connection, string subject, ReadOnlySpan<byte> payload, NatsHeaders? headers = null, string? replyTo = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(subject);
        Span<byte> buffer = stackalloc byte[OnStack];
        return connection.PublishAsync(
            new OutgoingMessage { Subject = ToUtf8(subject, buffer), ReplyTo = replyTo is null ? default : Encoding.UTF8.GetBytes(replyTo), Headers = headers, Payload = payload },
            cancellationToken);
    }

    /// <inheritdoc cref="INatsConnection.RequestAsync"/>
    public static ValueTask<NatsReply> RequestAsync(
        this INatsConnection connection, string subject, ReadOnlySpan<byte> payload, TimeSpan timeout, NatsHeaders? headers = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(subject);
        Span<byte> buffer = stackalloc byte[OnStack];
        return connection.RequestAsync(
            new OutgoingMessage { Subject = ToUtf8(subject, buffer), Headers = headers, Payload = payload }, timeout, cancellationToken);
    }

    private static ReadOnlySpan<byte> ToUtf8(string subject, Span<byte> buffer) =>
        Encoding.UTF8.TryGetBytes(subject, buffer, out int length) ? buffer[..length] : Encoding.UTF8.GetBytes(subject);
}
