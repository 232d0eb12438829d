namespace Nats.Consumer;

/// <summary>What <see cref="IJetStream.FetchAsync"/> asks for.</summary>
public sealed class FetchOptions
{
    /// <summary>How many messages at the most.</summary>
    /// <value>The default is 100.</value>
    public int MaxMessages { get; init; } = 100;

    /// <summary>How many bytes at the most: subject, reply subject, headers and payload of all messages. A message that is larger than that is an error.</summary>
    /// <value>The default is <see langword="null"/>: no limit.</value>
    public int? MaxBytes { get; init; }

    /// <summary>How long to wait for <see cref="MaxMessages"/>. What has come by then is what there is.</summary>
    /// <value>The default is 30 seconds.</value>
    public TimeSpan Expires { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Takes what is there and waits for nothing. <see cref="Expires"/> does not count then.</summary>
    public bool NoWait { get; init; }

    /// <summary>The priority group to pull for, on a consumer that has one. nats-server 2.11 and later. Pinned clients are not supported.</summary>
    public PullGroup? Group { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxMessages);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxBytes ?? 1, nameof(MaxBytes));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Expires, TimeSpan.Zero);
    }
}
