using System.Buffers;
using System.Text;
using Nats.Consumer.Client;
using Nats.Consumer.JetStream;
using Nats.Consumer.Routing;

namespace Nats.Consumer.Consuming;

/// <summary>
/// A delivery while it is ours: a copy of its bytes in a pooled buffer. Instances are reused; <see cref="Generation"/> changes with each use, and settling
/// checks it, so that a <see cref="MessageContext"/> that outlives its handler cannot settle somebody else's message.
/// </summary>
internal sealed class InboundMessage
{
    private byte[] _buffer = [];
    private int _subjectLength;
    private int _replyLength;
    private int _headerLength;
    private int _payloadLength;
    private string? _subject;
    private NatsHeaders? _headers;
    private int _state; // generation << 1, plus 1 when settled
    private int _extending;
    private long _extendedAt;
    private long _heldSince;
    private volatile bool _held;

    public ConsumerContext Consumer { get; private set; } = null!;

    public AckSubject Ack { get; private set; }

    /// <summary>When it was received, as a timestamp of the clock.</summary>
    public long ReceivedAt { get; private set; }

    /// <summary>Whether it is a delivery in our hands, rather than one that waits to be used again.</summary>
    public bool IsHeld => _held;

    /// <summary>Since when the server has been waiting for its settlement: its receipt, or the last in-progress that it has surely heard.</summary>
    public long ExtendedAt
    {
        get => Volatile.Read(ref _extendedAt);
        private set => Volatile.Write(ref _extendedAt, value);
    }

    /// <summary>From when on the extensions of its ack wait are counted against their cap: its receipt, or the last sign of progress.</summary>
    public long HeldSince
    {
        get => Volatile.Read(ref _heldSince);
        set => Volatile.Write(ref _heldSince, value);
    }

    /// <summary>Whether somebody has been told that it is not extended any more.</summary>
    public bool IsOverdue { get; set; }

    /// <summary>Whether it was acknowledged before its handler was called.</summary>
    public bool IsSettledAhead { get; set; }

    /// <summary>Whether it waits for its turn in a lane; the time does not count against the cap of its extensions.</summary>
    public bool IsWaiting { get; set; }

    /// <summary>Whether its handlers have been called, or are about to be.</summary>
    public bool IsStarted { get; set; }

    /// <summary>How many messages its handler has published, for their message ids.</summary>
    public int Published { get; set; }

    /// <summary>How often it was tried again without going back to the server.</summary>
    public int LocalRetries { get; set; }

    /// <summary>The number of the attempt that runs, 1 at first.</summary>
    public int Attempt => Ack.Delivered + LocalRetries;

    /// <summary>How long the server waits for its settlement.</summary>
    public TimeSpan AckWait => Consumer.Deadlines.After(Ack.Delivered);

    /// <summary>The route whose handler runs, for the pattern and the tokens.</summary>
    public Route? Route { get; set; }

    /// <summary>The services of the handler's scope.</summary>
    public IServiceProvider? Services { get; set; }

    public int Generation => Volatile.Read(ref _state) >> 1;

    public bool IsSettled => (Volatile.Read(ref _state) & 1) != 0;

    public ReadOnlySpan<byte> SubjectUtf8 => _buffer.AsSpan(0, _subjectLength);

    public ReadOnlySpan<byte> ReplyTo => _buffer.AsSpan(_subjectLength, _replyLength);

    public ReadOnlySpan<byte> HeaderBlock => _buffer.AsSpan(_subjectLength + _replyLength, _headerLength);

    public ReadOnlyMemory<byte> Payload => _buffer.AsMemory(_subjectLength + _replyLength + _headerLength, _payloadLength);

    /// <summary>The size as the server counts it: subject, reply subject, headers and payload (ADR-37).</summary>
    public int Size => _subjectLength + _replyLength + _headerLength + _payloadLength;

    /// <summary>The subject as text; the text of the pattern where it has no wildcard, so that nothing is allocated.</summary>
    public string Subject => _subject ??= Route is { Pattern.IsLiteral: true } route ? route.Pattern.Wire : Encoding.UTF8.GetString(SubjectUtf8);

    public NatsHeaders? Headers => _headerLength == 0 ? null : _headers ??= NatsHeaders.Parse(HeaderBlock);

    public void Fill(in ReceivedMessage message, in AckSubject ack, ConsumerContext consumer, long receivedAt)
    {
        (_subjectLength, _replyLength) = (message.Subject.Length, message.ReplyTo.Length);
        (_headerLength, _payloadLength) = (message.Headers.Length, message.Payload.Length);
        int size = _subjectLength + _replyLength + _headerLength + _payloadLength;
        if (_buffer.Length < size)
        {
            ReturnBuffer();
            _buffer = ArrayPool<byte>.Shared.Rent(size);
        }

        message.Subject.CopyTo(_buffer);
        message.ReplyTo.CopyTo(_buffer.AsSpan(_subjectLength));
        message.Headers.CopyTo(_buffer.AsSpan(_subjectLength + _replyLength));
        message.Payload.CopyTo(_buffer.AsSpan(_subjectLength + _replyLength + _headerLength));
        Consumer = consumer;
        Ack = ack;
        ReceivedAt = receivedAt;
        (ExtendedAt, HeldSince) = (receivedAt, receivedAt);
        (IsOverdue, IsSettledAhead, IsWaiting, IsStarted) = (false, false, false, false);
        (LocalRetries, Published) = (0, 0);
        _held = true;
    }

    /// <summary>
    /// Copies the reply subject. Whoever holds on to a message that is over may read while the next one is written: the copy is good only if <see cref="TrySettle"/>
    /// or <see cref="IsOpen"/> says so afterwards.
    /// </summary>
    public ReadOnlySpan<byte> CopyReplyTo(Span<byte> room)
    {
        (byte[] buffer, int start, int length) = (_buffer, _subjectLength, _replyLength);
        if (length > buffer.Length - start)
            return [];
        ReadOnlySpan<byte> replyTo = buffer.AsSpan(start, length);
        if (length > room.Length)
            return replyTo.ToArray();
        replyTo.CopyTo(room);
        return room[..length];
    }

    /// <summary>Whether this delivery is still ours to settle.</summary>
    public bool IsOpen(int generation) => Interlocked.CompareExchange(ref _state, generation << 1, generation << 1) == generation << 1;

    /// <summary>Claims the one settlement of this delivery.</summary>
    public bool TrySettle(int generation)
    {
        if (Interlocked.CompareExchange(ref _state, (generation << 1) | 1, generation << 1) != generation << 1)
            return false;
        SpinWait spin = default;
        while (Volatile.Read(ref _extending) != 0)
            spin.SpinOnce();
        return true;
    }

    /// <summary>
    /// Claims the moment to say that this delivery is in progress, until <see cref="EndExtension"/>: its settlement waits. Were it to overtake, the server would be told of progress after a negative ack, and
    /// forget the delay.
    /// </summary>
    public bool TryBeginExtension(int generation)
    {
        Interlocked.Exchange(ref _extending, 1);
        if (IsOpen(generation))
            return true;
        EndExtension();
        return false;
    }

    /// <summary>The server has heard an in-progress, unless something else was heard of since.</summary>
    public void CountExtension(long before, long sentAt) => Interlocked.CompareExchange(ref _extendedAt, sentAt, before);

    public void EndExtension() => Volatile.Write(ref _extending, 0);

    /// <summary>Gives a settlement back that could not be made.</summary>
    public void Unsettle(int generation) => Interlocked.CompareExchange(ref _state, generation << 1, (generation << 1) | 1);

    /// <summary>Ends this use.</summary>
    public void Reset(int keepAtMost)
    {
        _held = false;
        Interlocked.Exchange(ref _state, (Generation + 1) << 1); // before anything is overwritten
        (_subject, _headers, Route, Services) = (null, null, null, null);
        if (_buffer.Length > keepAtMost)
        {
            ReturnBuffer();
            _buffer = [];
        }
    }

    private void ReturnBuffer()
    {
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
    }
}
