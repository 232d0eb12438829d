namespace Nats.Consumer.Client.Wire;

/// <summary>What a server can send.</summary>
internal enum FrameKind
{
    Message,
    Ping,
    Pong,
    Ok,
    Info,
    Error,
}

/// <summary>One frame as it lies in the receive buffer.</summary>
internal ref struct Frame
{
    public FrameKind Kind;

    /// <summary>Bytes of the buffer that the frame takes.</summary>
    public int Length;

    /// <summary>The subscription that a message belongs to.</summary>
    public long SubscriptionId;

    public ReadOnlySpan<byte> Subject;
    public ReadOnlySpan<byte> ReplyTo;
    public ReadOnlySpan<byte> Headers;

    /// <summary>The payload of a message, the JSON of INFO, the text of an error.</summary>
    public ReadOnlySpan<byte> Payload;
}
