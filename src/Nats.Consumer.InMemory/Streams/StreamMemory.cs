namespace Nats.Consumer.InMemory.Streams;

/// <summary>What a stream remembers.</summary>
internal sealed class StreamMemory(MessageStore messages)
{
    public MessageStore Messages => messages;

    public Duplicates Duplicates { get; } = new();

    /// <summary>The id of the last message; empty when it had none.</summary>
    public string LastMessageId { get; set; } = "";
}
