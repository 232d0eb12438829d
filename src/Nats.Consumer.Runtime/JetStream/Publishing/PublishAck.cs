namespace Nats.Consumer;

/// <summary>A stream's confirmation that it stored a message.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Sequence">The message's number in the stream.</param>
/// <param name="Duplicate">A message with the same id was there already; nothing was stored, and <paramref name="Sequence"/> is that message's number.</param>
public readonly record struct PublishAck(string Stream, ulong Sequence, bool Duplicate)
{
    /// <summary>The JetStream domain of the stream; <see langword="null"/> on servers without domains.</summary>
    public string? Domain { get; init; }
}
