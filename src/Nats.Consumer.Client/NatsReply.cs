namespace Nats.Consumer.Client;

/// <summary>How a request ended.</summary>
public enum NatsReplyStatus
{
    /// <summary>A reply came.</summary>
    Ok,

    /// <summary>Nobody subscribes to the subject.</summary>
    NoResponders,

    /// <summary>No reply came in time. The request may have been handled.</summary>
    TimedOut,

    /// <summary>The connection was lost before the reply. The request may have been handled.</summary>
    Disconnected,

    /// <summary>The server does not let this user publish to the subject. The request was not handled.</summary>
    NotPermitted,
}

/// <summary>The result of a request.</summary>
public readonly struct NatsReply
{
    private readonly NatsMessage? _message;
    private readonly string? _subject;

    private NatsReply(NatsReplyStatus status, string subject, NatsMessage? message)
    {
        Status = status;
        _subject = subject;
        _message = message;
    }

    /// <summary>How the request ended.</summary>
    public NatsReplyStatus Status { get; }

    /// <summary>Whether a reply came.</summary>
    public bool IsOk => Status == NatsReplyStatus.Ok && _message is not null;

    /// <summary>The reply.</summary>
    /// <exception cref="NatsNoRespondersException"><see cref="Status"/> is <see cref="NatsReplyStatus.NoResponders"/>.</exception>
    /// <exception cref="NatsTimeoutException"><see cref="Status"/> is <see cref="NatsReplyStatus.TimedOut"/>.</exception>
    /// <exception cref="NatsConnectionException"><see cref="Status"/> is <see cref="NatsReplyStatus.Disconnected"/>.</exception>
    /// <exception cref="NatsPermissionException"><see cref="Status"/> is <see cref="NatsReplyStatus.NotPermitted"/>.</exception>
    public NatsMessage Message => _message ?? throw ToException();

    /// <summary>A reply that came.</summary>
    public static NatsReply Ok(NatsMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new NatsReply(NatsReplyStatus.Ok, message.Subject, message);
    }

    /// <summary>A request that ended without a reply.</summary>
    /// <param name="status">Why.</param>
    /// <param name="subject">The subject of the request, for the error's text.</param>
    public static NatsReply None(NatsReplyStatus status, string subject) => new(status, subject, null);

    private NatsException ToException() => Status switch
    {
        NatsReplyStatus.NoResponders => new NatsNoRespondersException($"Nobody answers requests to '{_subject}'. Check the subject, and that the service behind it runs."),
        NatsReplyStatus.TimedOut => new NatsTimeoutException($"No reply to the request to '{_subject}' in time. It may have been handled all the same."),
        NatsReplyStatus.NotPermitted => new NatsPermissionException($"The user of this connection may not publish to '{_subject}'. Allow it in the server's permissions."),
        _ => new NatsConnectionException($"The connection was lost before the reply to the request to '{_subject}'. It may have been handled all the same."),
    };
}
