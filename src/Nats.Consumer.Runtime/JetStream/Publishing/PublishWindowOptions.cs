namespace Nats.Consumer;

/// <summary>Settings of a <see cref="PublishWindow"/>.</summary>
public sealed class PublishWindowOptions
{
    /// <summary>How many messages may be on the way without a confirmation.</summary>
    /// <value>The default is 1,000.</value>
    public int MaxPending { get; init; } = 1000;

    /// <summary>How many bytes may be on the way without a confirmation; a single message may be larger. They are kept in memory.</summary>
    /// <value>The default is 16 MiB.</value>
    public int MaxPendingBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>How long the stream may take to confirm a message while the connection stands.</summary>
    /// <value>The default, <see langword="null"/>, is <see cref="NatsConnectionSettings.RequestTimeout"/>.</value>
    public TimeSpan? Timeout { get; init; }

    /// <summary>
    /// How long a message is held while the connection is away. One with a <see cref="PublishOptions.MessageId"/> is sent again after the reconnect. Keep it
    /// below the stream's duplicate window, within which the same message is not stored twice.
    /// </summary>
    /// <value>The default is 30 seconds; the server's default for the duplicate window is 2 minutes.</value>
    public TimeSpan OutageTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Called once for each message, when it is confirmed or has failed. Not in the order of publishing, and one call at a time, on a thread of the pool. As long as it runs its message
    /// counts as pending, so a slow one slows the publisher down.
    /// </summary>
    /// <value>The default is <see langword="null"/>: then the first failure ends the window, and is thrown by the calls that follow.</value>
    public Action<PublishResult>? OnResult { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxPending);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxPendingBytes);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Timeout ?? TimeSpan.MaxValue, TimeSpan.Zero, nameof(Timeout));
        ArgumentOutOfRangeException.ThrowIfLessThan(OutageTimeout, TimeSpan.Zero);
    }
}
