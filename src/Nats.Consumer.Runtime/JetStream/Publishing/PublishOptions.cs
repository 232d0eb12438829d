using Nats.Consumer.Client;

namespace Nats.Consumer;

/// <summary>What a publish may ask for. The stream keeps the message only if every expectation holds.</summary>
/// <remarks>
/// The server's error number for an expectation that does not hold is in <see cref="JetStreamApiException.ErrorCode"/>; <see cref="JetStreamApiException.IsWrongLastSequence"/> tells that
/// somebody else was faster.
/// </remarks>
public sealed record PublishOptions
{
    /// <summary>Identifies the message: within the stream's duplicate window a second one with the same id is not stored. Sent as <c>Nats-Msg-Id</c>.</summary>
    public string? MessageId { get; init; }

    /// <summary>Headers of your own. Control headers (<c>Nats-…</c>) that an option sets are replaced by the option.</summary>
    public NatsHeaders? Headers { get; init; }

    /// <summary>The stream that must capture the subject; anything else is refused (10060). Sent as <c>Nats-Expected-Stream</c>.</summary>
    public string? ExpectedStream { get; init; }

    /// <summary>The number of the stream's last message; zero for an empty stream. Anything else is refused (10071). Sent as <c>Nats-Expected-Last-Sequence</c>.</summary>
    public ulong? ExpectedLastSequence { get; init; }

    /// <summary>
    /// The number of the last message with the same subject; zero when there must be none. Anything else is refused (10071): optimistic concurrency for one
    /// subject. Sent as <c>Nats-Expected-Last-Subject-Sequence</c>.
    /// </summary>
    public ulong? ExpectedLastSubjectSequence { get; init; }

    /// <summary>The message id of the stream's last message. Anything else is refused (10070). Sent as <c>Nats-Expected-Last-Msg-Id</c>.</summary>
    public string? ExpectedLastMessageId { get; init; }

    /// <summary>
    /// How long the stream keeps the message, at least a second; parts of a second are rounded up. <see cref="Timeout.InfiniteTimeSpan"/> keeps it in spite of the stream's
    /// <see cref="StreamConfig.MaxAge"/>. Sent as <c>Nats-TTL</c>.
    /// </summary>
    /// <remarks>
    /// nats-server 2.11 and later, and streams that allow it (<c>allow_msg_ttl</c>); other streams refuse the message (10166). Older servers would ignore the header and
    /// keep the message, so nothing is sent to them.
    /// </remarks>
    public TimeSpan? TimeToLive { get; init; }
}
