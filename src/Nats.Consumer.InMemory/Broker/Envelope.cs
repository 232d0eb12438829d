namespace Nats.Consumer.InMemory.Broker;

/// <summary>The parts of a message. They never change, so that streams, queues and connections share them.</summary>
internal sealed class Envelope(byte[] subject, byte[] replyTo, byte[] headers, byte[] payload)
{
    public byte[] Subject { get; } = subject;

    public byte[] ReplyTo { get; } = replyTo;

    /// <summary>From <c>NATS/1.0</c> to the empty line; empty for none.</summary>
    public byte[] Headers { get; } = headers;

    public byte[] Payload { get; } = payload;

    public int Size => Subject.Length + ReplyTo.Length + Headers.Length + Payload.Length;
}
