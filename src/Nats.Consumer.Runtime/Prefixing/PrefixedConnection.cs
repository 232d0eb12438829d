using System.Text;
using Nats.Consumer.Client;

namespace Nats.Consumer.Prefixing;

/// <summary>
/// A connection on which all is said and heard without the prefix that it has on the server. All that the toolkit says goes through <see cref="INatsConnection"/>, so nothing above needs to know.
/// </summary>
internal sealed class PrefixedConnection(INatsConnection connection, SubjectPrefix prefix) : INatsConnection
{
    private const int OnStack = 512;

    public event Action<NatsConnectionEvent>? Changed
    {
        add => connection.Changed += value;
        remove => connection.Changed -= value;
    }

    public SubjectPrefix Prefix => prefix;

    /// <summary>The connection below.</summary>
    public INatsConnection Inner => connection;

    public NatsConnectionState State => connection.State;

    public NatsServerInfo? ServerInfo => connection.ServerInfo;

    public ValueTask ConnectAsync(CancellationToken cancellationToken = default) => connection.ConnectAsync(cancellationToken);

    public string NewInbox() => prefix.OwnSubject(connection.NewInbox());

    public ValueTask PublishAsync(in OutgoingMessage message, CancellationToken cancellationToken = default)
    {
        (int forSubject, int forReply) = (prefix.RoomFor(message.Subject), prefix.RoomFor(message.ReplyTo));
        Span<byte> room = forSubject + forReply <= OnStack ? stackalloc byte[OnStack] : new byte[forSubject + forReply];
        ReadOnlySpan<byte> subject = SubjectOut(message.Subject, room, out ApiForm? form);
        return connection.PublishAsync(Out(message, subject, prefix.Subject(message.ReplyTo, room[forSubject..]), ApiJson.Out(prefix, form?.Request, message.Payload)), cancellationToken);
    }

    public ValueTask<NatsReply> RequestAsync(in OutgoingMessage request, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        Span<byte> room = prefix.RoomFor(request.Subject) is var size && size <= OnStack ? stackalloc byte[OnStack] : new byte[size];
        ReadOnlySpan<byte> subject = SubjectOut(request.Subject, room, out ApiForm? form);
        return AnswerAsync(connection.RequestAsync(Out(request, subject, default, ApiJson.Out(prefix, form?.Request, request.Payload)), timeout, cancellationToken), form);
    }

    public async ValueTask<INatsSubscription> SubscribeAsync(string subject, INatsMessageSink sink, string? queueGroup = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(sink);
        string there = ApiSubject.IsEvent(subject) ? ApiSubject.EventOut(prefix, subject, out _) : prefix.Subject(subject);
        INatsSubscription subscription = await connection.SubscribeAsync(there, new PrefixedSink(prefix, sink), queueGroup, cancellationToken).ConfigureAwait(false);
        return new Subscription(subscription, subject);
    }

    public ValueTask FlushAsync(CancellationToken cancellationToken = default) => connection.FlushAsync(cancellationToken);

    public ValueTask DrainAsync(CancellationToken cancellationToken = default) => connection.DrainAsync(cancellationToken);

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private ReadOnlySpan<byte> SubjectOut(ReadOnlySpan<byte> subject, Span<byte> room, out ApiForm? form)
    {
        form = null;
        if (!subject.StartsWith("$JS."u8))
            return prefix.Subject(subject, room);
        if (subject.StartsWith("$JS.ACK."u8) || subject.StartsWith("$JS.FC."u8))
            return subject; // goes back as it came
        if (prefix.TryPull(subject, room, out int length))
            return room[..length];
        string text = Encoding.UTF8.GetString(subject);
        return ApiSubject.IsCall(text) ? Encoding.UTF8.GetBytes(ApiSubject.Out(prefix, text, out form))
            : ApiSubject.IsEvent(text) ? Encoding.UTF8.GetBytes(ApiSubject.EventOut(prefix, text, out form))
            : subject;
    }

    private OutgoingMessage Out(scoped in OutgoingMessage message, ReadOnlySpan<byte> subject, ReadOnlySpan<byte> replyTo, ReadOnlySpan<byte> payload) => new()
    {
        Subject = subject,
        ReplyTo = replyTo,
        Headers = PrefixedHeaders.Out(prefix, message.Headers),
        Payload = payload,
        TimeToSend = message.TimeToSend,
        DropOnDisconnect = message.DropOnDisconnect,
    };

    private async ValueTask<NatsReply> AnswerAsync(ValueTask<NatsReply> answer, ApiForm? form)
    {
        NatsReply reply = await answer.ConfigureAwait(false);
        if (!reply.IsOk)
            return reply;
        NatsMessage message = reply.Message;
        return NatsReply.Ok(message with
        {
            Subject = prefix.OwnSubject(message.Subject),
            Headers = PrefixedHeaders.In(prefix, message.Headers),
            Payload = form?.Answer is null ? message.Payload : ApiJson.In(prefix, form.Answer, message.Payload.Span).ToArray(),
        });
    }

    private sealed class Subscription(INatsSubscription subscription, string subject) : INatsSubscription
    {
        public string Subject => subject;

        public ValueTask DrainAsync(CancellationToken cancellationToken = default) => subscription.DrainAsync(cancellationToken);

        public ValueTask DisposeAsync() => subscription.DisposeAsync();
    }
}
