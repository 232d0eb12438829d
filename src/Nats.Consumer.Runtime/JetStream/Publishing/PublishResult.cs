using System.Diagnostics.CodeAnalysis;

namespace Nats.Consumer;

/// <summary>What became of one message of a <see cref="PublishWindow"/>.</summary>
/// <param name="Subject">The subject.</param>
/// <param name="Ack">The stream's confirmation; meaningless when there is an <paramref name="Error"/>.</param>
/// <param name="Error">
/// Why there is no confirmation: a <see cref="JetStreamApiException"/> when the stream refused the message; any other says that it was not stored or, where the text says so, that it may have been.
/// </param>
/// <param name="State">What was given with the message.</param>
public readonly record struct PublishResult(string Subject, PublishAck Ack, Exception? Error, object? State)
{
    /// <summary>Whether the stream has confirmed that it holds the message.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsStored => Error is null;
}
