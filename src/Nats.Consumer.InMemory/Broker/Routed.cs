namespace Nats.Consumer.InMemory.Broker;

/// <summary>A message on its way to its receivers, who keep it if they need it longer than the call: all share one copy.</summary>
internal ref struct Routed
{
    private Envelope? _kept;

    public Routed(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> replyTo, ReadOnlySpan<byte> headers, ReadOnlySpan<byte> payload)
    {
        Target = subject;
        Subject = subject;
        ReplyTo = replyTo;
        Headers = headers;
        Payload = payload;
    }

    /// <summary>A message that goes to another subject than the one it shows, as deliveries of consumers do.</summary>
    public Routed(ReadOnlySpan<byte> target, Envelope envelope)
        : this(envelope.Subject, envelope.ReplyTo, envelope.Headers, envelope.Payload)
    {
        Target = target;
        _kept = envelope;
    }

    /// <summary>Who subscribes to this gets the message.</summary>
    public ReadOnlySpan<byte> Target { get; }

    /// <summary>What a subscriber sees as the subject.</summary>
    public ReadOnlySpan<byte> Subject { get; }

    public ReadOnlySpan<byte> ReplyTo { get; }

    public ReadOnlySpan<byte> Headers { get; }

    public ReadOnlySpan<byte> Payload { get; }

    public Envelope Keep() => _kept ??= new Envelope(Subject.ToArray(), ReplyTo.ToArray(), Headers.ToArray(), Payload.ToArray());
}
