using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Nats.Consumer.Client;
using Nats.Consumer.Consuming;

namespace Nats.Consumer;

/// <summary>
/// The message in a handler's hands: its parts, and the ways to settle it by hand. A handler need not settle: what it returns does.
/// </summary>
/// <remarks>
/// It is valid until the handler's task has completed; its memory is used for other messages afterwards, so copy what you keep
/// (<c>message.Payload.ToArray()</c>). Using it later throws, and can never settle another message.
/// </remarks>
public readonly struct MessageContext : IEquatable<MessageContext>
{
    private readonly InboundMessage? _message;
    private readonly int _generation;

    internal MessageContext(InboundMessage message)
    {
        _message = message;
        _generation = message.Generation;
    }

    /// <summary>The subject.</summary>
    public string Subject => Current.Subject;

    /// <summary>The pattern of the <see cref="HandleAttribute"/> that took the message, as written; empty in a fallback.</summary>
    public string Pattern => Current.Route?.Pattern.Text ?? "";

    /// <summary>The payload. Valid until the handler has completed.</summary>
    public ReadOnlyMemory<byte> Payload => Current.Payload;

    /// <summary>The headers; <see langword="null"/> when there are none.</summary>
    public NatsHeaders? Headers => Current.Headers;

    /// <summary>The stream that holds the message.</summary>
    public string Stream => Current.Consumer.Stream;

    /// <summary>The name of the consumer on the server.</summary>
    public string Consumer => Current.Consumer.Durable;

    /// <summary>The message's number in its stream; what identifies it.</summary>
    public ulong StreamSequence => Current.Ack.StreamSequence;

    /// <summary>The number of this delivery; it differs at each redelivery.</summary>
    public ulong ConsumerSequence => Current.Ack.ConsumerSequence;

    /// <summary>How often the message was delivered or tried again, this time included; 1 at first.</summary>
    public int DeliveryCount => Current.Attempt;

    /// <summary>When the message was stored.</summary>
    public DateTimeOffset Timestamp => DateTimeOffset.UnixEpoch.AddTicks(Current.Ack.UnixNanoseconds / 100);

    /// <summary>How many messages the consumer has still to get, as of this delivery.</summary>
    public ulong Pending => Current.Ack.Pending;

    /// <summary>Whether the message has been settled.</summary>
    public bool IsSettled => Current.IsSettled;

    /// <summary>The services of the message's scope.</summary>
    public IServiceProvider Services => Current.Services ?? Current.Consumer.RootServices;

    internal InboundMessage Current =>
        _message is not null && _message.Generation == _generation
            ? _message
            : throw new InvalidOperationException(
                "The message is no longer valid: its handler has completed. Await what uses it inside the handler, or copy what you need (Payload.ToArray(), Subject).");

    internal int Generation => _generation;

    /// <summary>The payload as a value.</summary>
    /// <exception cref="PayloadException">The payload is not what <typeparamref name="T"/> needs. Thrown out of a handler it makes the message a dead letter.</exception>
    public T? Read<T>() => Current.Consumer.Payloads.Read<T>(Current);

    /// <summary>The token of the subject that stands at <c>{name}</c> in the pattern.</summary>
    /// <exception cref="ArgumentException">The pattern has no such parameter.</exception>
    public string Parameter(string name) => Current.Route?.Token(Current.SubjectUtf8, name)
        ?? throw new ArgumentException($"The pattern '{Pattern}' has no parameter '{{{name}}}'.", nameof(name));

    /// <summary>
    /// Publishes a value in consequence of this message. Without a message id of yours it gets one that is made of this message and of the number of what its handler has published before: when the handler runs
    /// again, the stream stores it only once, as long as its duplicate window lasts and the handler publishes the same in the same order.
    /// </summary>
    /// <inheritdoc cref="IJetStream.PublishAsync{T}"/>
    public ValueTask<PublishAck> PublishAsync<T>(
        [StringSyntax("NatsSubject")] string subject, T value, PublishOptions? options = null, CancellationToken cancellationToken = default)
    {
        InboundMessage message = Current;
        int number = ++message.Published;
        if (options?.MessageId is null)
        {
            string id = string.Create(CultureInfo.InvariantCulture, $"{Stream}:{Consumer}:{StreamSequence}:{message.Ack.UnixNanoseconds}:{number}");
            options = options is null ? new PublishOptions { MessageId = id } : options with { MessageId = id };
        }

        return message.Consumer.Publisher.PublishAsync(subject, value, options, cancellationToken);
    }

    /// <summary>Acknowledges: the message is handled. Settling twice does nothing and is logged.</summary>
    public ValueTask AckAsync(CancellationToken cancellationToken = default) => Current.Consumer.Settler.AckAsync(this, cancellationToken);

    /// <summary>Acknowledges and waits until the server has confirmed it.</summary>
    /// <exception cref="NatsException">No confirmation came; the message may be delivered again.</exception>
    public ValueTask AckSyncAsync(CancellationToken cancellationToken = default) => Current.Consumer.Settler.AckSyncAsync(this, cancellationToken);

    /// <summary>Asks for the message again: after <paramref name="delay"/>, or at once.</summary>
    public ValueTask NakAsync(TimeSpan? delay = null, CancellationToken cancellationToken = default) =>
        Current.Consumer.Settler.NakAsync(this, delay ?? TimeSpan.Zero, cancellationToken);

    /// <summary>Tells the server that the message is being worked on: its ack wait starts anew.</summary>
    public ValueTask InProgressAsync(CancellationToken cancellationToken = default) => Current.Consumer.Settler.InProgressAsync(this, cancellationToken);

    /// <summary>Terminates: never deliver the message again.</summary>
    /// <param name="reason">Shown in the server's advisory by 2.10.4 and later; older servers would ignore the whole command with it, so it is left out for them.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public ValueTask TermAsync(string? reason = null, CancellationToken cancellationToken = default) =>
        Current.Consumer.Settler.TermAsync(this, reason, cancellationToken);

    /// <inheritdoc/>
    public bool Equals(MessageContext other) => ReferenceEquals(_message, other._message) && _generation == other._generation;

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is MessageContext other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_message, _generation);

    /// <summary>Whether both are the same delivery.</summary>
    public static bool operator ==(MessageContext left, MessageContext right) => left.Equals(right);

    /// <summary>Whether they are different deliveries.</summary>
    public static bool operator !=(MessageContext left, MessageContext right) => !left.Equals(right);
}
