using System.Text;
using Nats.Consumer.Client;
using Nats.Consumer.JetStream;

namespace Nats.Consumer;

/// <summary>
/// A message that was read by hand (<see cref="IJetStream.FetchAsync"/>, <see cref="IJetStream.ConsumeAsync"/>). It owns its memory and may be kept. Settle each one: what is not settled within
/// the consumer's ack wait is delivered again.
/// </summary>
public sealed class JetStreamMessage
{
    private readonly MessageAcks _acks;
    private readonly byte[] _bytes;
    private readonly int _replyStart;
    private readonly int _headerStart;
    private readonly int _payloadStart;
    private readonly AckSubject _ack;
    private NatsHeaders? _headers;
    private int _settled;

    internal JetStreamMessage(in ReceivedMessage message, in AckSubject ack, MessageAcks acks, long receivedAt)
    {
        (_acks, _ack, ReceivedAt) = (acks, ack, receivedAt);
        _replyStart = message.Subject.Length;
        _headerStart = _replyStart + message.ReplyTo.Length;
        _payloadStart = _headerStart + message.Headers.Length;
        _bytes = GC.AllocateUninitializedArray<byte>(_payloadStart + message.Payload.Length);
        message.Subject.CopyTo(_bytes);
        message.ReplyTo.CopyTo(_bytes.AsSpan(_replyStart));
        message.Headers.CopyTo(_bytes.AsSpan(_headerStart));
        message.Payload.CopyTo(_bytes.AsSpan(_payloadStart));
    }

    /// <summary>The subject.</summary>
    public string Subject => field ??= Encoding.UTF8.GetString(_bytes.AsSpan(0, _replyStart));

    /// <summary>The payload.</summary>
    public ReadOnlyMemory<byte> Payload => _bytes.AsMemory(_payloadStart);

    /// <summary>The headers; <see langword="null"/> when there are none.</summary>
    public NatsHeaders? Headers => _headerStart == _payloadStart ? null : _headers ??= NatsHeaders.Parse(_bytes.AsSpan(_headerStart, _payloadStart - _headerStart));

    /// <summary>The stream that holds the message.</summary>
    public string Stream => _acks.Stream;

    /// <summary>The name of the consumer on the server.</summary>
    public string Consumer => _acks.Consumer;

    /// <summary>The message's number in its stream; what identifies it.</summary>
    public ulong StreamSequence => _ack.StreamSequence;

    /// <summary>The number of this delivery; it differs at each redelivery.</summary>
    public ulong ConsumerSequence => _ack.ConsumerSequence;

    /// <summary>How often the message was delivered, this time included; 1 at first.</summary>
    public int DeliveryCount => _ack.Delivered;

    /// <summary>When the message was stored.</summary>
    public DateTimeOffset Timestamp => DateTimeOffset.UnixEpoch.AddTicks(_ack.UnixNanoseconds / 100);

    /// <summary>How many messages the consumer has still to get, as of this delivery.</summary>
    public ulong Pending => _ack.Pending;

    /// <summary>Whether the message has been settled.</summary>
    public bool IsSettled => Volatile.Read(ref _settled) != 0;

    /// <summary>Its size as the server counts it (ADR-37).</summary>
    internal int Size => _bytes.Length;

    internal ReadOnlySpan<byte> ReplyTo => _bytes.AsSpan(_replyStart, _headerStart - _replyStart);

    /// <summary>When its ack wait began last, as a timestamp of the clock.</summary>
    internal long ReceivedAt { get; set; }

    /// <summary>The payload as a value.</summary>
    /// <exception cref="PayloadException">The payload is not what <typeparamref name="T"/> needs.</exception>
    public T? Read<T>() => _acks.Payloads.Read<T>(Payload);

    /// <summary>Acknowledges: the message is handled. Settling twice does nothing and is logged.</summary>
    public ValueTask AckAsync(CancellationToken cancellationToken = default) => _acks.AckAsync(this, cancellationToken);

    /// <summary>Acknowledges and waits until the server has confirmed it.</summary>
    /// <exception cref="NatsException">No confirmation came; the message may be delivered again. It may be settled anew.</exception>
    public ValueTask AckSyncAsync(CancellationToken cancellationToken = default) => _acks.AckSyncAsync(this, cancellationToken);

    /// <summary>Asks for the message again: after <paramref name="delay"/>, or at once.</summary>
    public ValueTask NakAsync(TimeSpan? delay = null, CancellationToken cancellationToken = default) => _acks.NakAsync(this, delay ?? TimeSpan.Zero, cancellationToken);

    /// <summary>Tells the server that the message is being worked on: its ack wait starts anew.</summary>
    public ValueTask InProgressAsync(CancellationToken cancellationToken = default) => _acks.InProgressAsync(this, cancellationToken);

    /// <summary>Terminates: never deliver the message again.</summary>
    /// <param name="reason">Shown in the server's advisory by 2.10.4 and later; older servers would ignore the whole command with it, so it is left out for them.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public ValueTask TermAsync(string? reason = null, CancellationToken cancellationToken = default) => _acks.TermAsync(this, reason, cancellationToken);

    /// <summary>Claims the one settlement of this delivery.</summary>
    internal bool TrySettle() => Interlocked.Exchange(ref _settled, 1) == 0;

    /// <summary>Gives a settlement back that could not be made.</summary>
    internal void Unsettle() => Volatile.Write(ref _settled, 0);
}
