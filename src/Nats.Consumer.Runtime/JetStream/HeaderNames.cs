namespace Nats.Consumer.JetStream;

/// <summary>Headers that the server reads or writes.</summary>
internal static class HeaderNames
{
    /// <summary>What all control headers of the server start with.</summary>
    public const string ControlPrefix = "Nats-";
    public const string MessageId = "Nats-Msg-Id";
    public const string ExpectedStream = "Nats-Expected-Stream";
    public const string ConsumerStalled = "Nats-Consumer-Stalled";
    public const string LastConsumerSequence = "Nats-Last-Consumer";
    public const string PendingBytes = "Nats-Pending-Bytes";
    public const string ExpectedLastSequence = "Nats-Expected-Last-Sequence";
    public const string ExpectedLastSubjectSequence = "Nats-Expected-Last-Subject-Sequence";
    public const string ExpectedLastMessageId = "Nats-Expected-Last-Msg-Id";
    public const string TimeToLive = "Nats-TTL";
    public const string PendingMessages = "Nats-Pending-Messages";
    public const string Stream = "Nats-Stream";
    public const string Subject = "Nats-Subject";
    public const string Sequence = "Nats-Sequence";
    public const string TimeStamp = "Nats-Time-Stamp";
    public const string LastSequence = "Nats-Last-Sequence";

    /// <summary>Whether the server has added the header to a message that is read directly (ADR-31).</summary>
    public static bool IsOfDirectGet(string name) => Is(name, Stream) || Is(name, Subject) || Is(name, Sequence) || Is(name, TimeStamp) || Is(name, LastSequence);

    private static bool Is(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);
}
