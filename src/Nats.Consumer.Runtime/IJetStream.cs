using System.Diagnostics.CodeAnalysis;
using Nats.Consumer.Client;

namespace Nats.Consumer;

/// <summary>JetStream for applications: inject it to publish into streams from anywhere.</summary>
public interface IJetStream
{
    /// <summary>
    /// Publishes a value into the stream that captures the subject, and waits until the stream has stored it. The value is written as JSON
    /// (camelCase unless configured otherwise); a <c>byte[]</c> or <see cref="ReadOnlyMemory{T}"/> of byte is published as it is.
    /// </summary>
    /// <remarks>Before the first connection is made it waits for the server, as the worker does; afterwards the stream has <see cref="NatsOptions.RequestTimeout"/> to answer.</remarks>
    /// <param name="subject">The subject.</param>
    /// <param name="value">The value.</param>
    /// <param name="options">Message id, headers, expectations.</param>
    /// <param name="cancellationToken">Stops waiting; the message may have been stored.</param>
    /// <returns>Where the message was stored.</returns>
    /// <exception cref="ArgumentException">The subject is no subject that a message can be published to.</exception>
    /// <exception cref="JetStreamException">No stream captures the subject, or the stream did not answer in time.</exception>
    /// <exception cref="JetStreamApiException">The stream refused the message.</exception>
    /// <exception cref="NatsAuthenticationException">The server refuses the credentials.</exception>
    ValueTask<PublishAck> PublishAsync<T>(
        [StringSyntax("NatsSubject")] string subject, T value, PublishOptions? options = null, CancellationToken cancellationToken = default);
}

/// <summary>What a publish may ask for.</summary>
public sealed record PublishOptions
{
    /// <summary>Identifies the message: within the stream's duplicate window a second one with the same id is not stored. Sent as <c>Nats-Msg-Id</c>.</summary>
    public string? MessageId { get; init; }

    /// <summary>Headers of your own.</summary>
    public NatsHeaders? Headers { get; init; }

    /// <summary>The stream that must capture the subject; anything else is refused. Sent as <c>Nats-Expected-Stream</c>.</summary>
    public string? ExpectedStream { get; init; }
}

/// <summary>A stream's confirmation that it stored a message.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Sequence">The message's number in the stream.</param>
/// <param name="Duplicate">A message with the same id was there already; nothing was stored, and <paramref name="Sequence"/> is that message's number.</param>
public readonly record struct PublishAck(string Stream, ulong Sequence, bool Duplicate);
