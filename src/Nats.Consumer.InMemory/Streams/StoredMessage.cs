namespace Nats.Consumer.InMemory.Streams;

/// <summary>A message of a stream.</summary>
internal sealed class StoredMessage(ulong sequence, long time, SubjectMessages subject, byte[] headers, byte[] payload)
{
    public ulong Sequence => sequence;

    /// <summary>When it was stored, in nanoseconds of Unix time.</summary>
    public long Time => time;

    /// <summary>The messages of the same subject.</summary>
    public SubjectMessages Subject => subject;

    public byte[] Headers => headers;

    public byte[] Payload => payload;

    /// <summary>When it goes by a time to live of its own; <see cref="Broker.Alarm.Never"/> for never.</summary>
    public long ExpiresAt { get; init; } = Broker.Alarm.Never;

    public StoredMessage? PreviousOfSubject { get; set; }

    public StoredMessage? NextOfSubject { get; set; }

    public bool IsRemoved { get; set; }
}
