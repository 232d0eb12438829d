namespace Nats.Consumer;

/// <summary>How <see cref="IJetStream.ConsumeAsync"/> reads.</summary>
public sealed class ConsumeOptions
{
    /// <summary>How many messages to keep requested and buffered, topped up at half. 1,000 is faster for quick handling; messages in the buffer wait for as long as those before them take.</summary>
    /// <value>The default is 100.</value>
    public int MaxMessages { get; init; } = 100;

    /// <summary>
    /// How many bytes to keep requested and buffered: subject, reply subject, headers and payload. A message that is larger comes alone; none is lost.
    /// </summary>
    /// <value>The default is <see langword="null"/>: no limit.</value>
    public int? MaxBytes { get; init; }

    /// <summary>The priority group to pull for, on a consumer that has one. nats-server 2.11 and later. Pinned clients are not supported.</summary>
    public PullGroup? Group { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxMessages);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxBytes ?? 1, nameof(MaxBytes));
    }
}
