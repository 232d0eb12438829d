using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Text;

namespace Nats.Consumer.Client.Requests;

/// <summary>All requests of a connection share one subscription; the last token of the reply subject tells whose reply it is.</summary>
/// <param name="connection">Where requests are published.</param>
/// <param name="subscribe">Subscribes at once.</param>
/// <param name="inbox">What reply subjects start with.</param>
/// <param name="time">The clock of the time-outs.</param>
internal sealed class RequestMultiplexer(
    INatsConnection connection, Func<string, INatsMessageSink, INatsSubscription> subscribe, string inbox, TimeProvider time) : INatsMessageSink
{
    // How the server words it (client.go, pubPermissionViolation), in 2.9 as in 2.15.
    private const string NotPermitted = "Permissions Violation for Publish to \"";

    private readonly ConcurrentDictionary<long, Pending> _pending = new();
    private readonly Lock _gate = new();
    private readonly byte[] _replyPrefix = Encoding.UTF8.GetBytes($"{inbox}.");
    private INatsSubscription? _subscription;
    private long _lastId;

    public ValueTask<NatsReply> RequestAsync(in OutgoingMessage request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        lock (_gate)
            _subscription ??= subscribe($"{inbox}.*", this);

        long started = time.GetTimestamp();
        long id = Interlocked.Increment(ref _lastId);
        Span<byte> replyTo = stackalloc byte[_replyPrefix.Length + 20];
        _replyPrefix.CopyTo(replyTo);
        Utf8Formatter.TryFormat(id, replyTo[_replyPrefix.Length..], out int digits);

        var reply = new Pending(Encoding.UTF8.GetString(request.Subject));
        _pending[id] = reply;
        ValueTask published;
        try
        {
            published = connection.PublishAsync(
                new OutgoingMessage
                {
                    Subject = request.Subject,
                    ReplyTo = replyTo[..(_replyPrefix.Length + digits)],
                    Headers = request.Headers,
                    Payload = request.Payload,
                    TimeToSend = timeout,
                    DropOnDisconnect = true,
                },
                cancellationToken);
        }
        catch
        {
            _pending.TryRemove(id, out _);
            throw;
        }

        return WaitAsync(id, reply.Task, published, reply.Subject, started, timeout, cancellationToken);
    }

    public ValueTask OnMessageAsync(in ReceivedMessage message)
    {
        ReadOnlySpan<byte> token = message.Subject[(message.Subject.LastIndexOf((byte)'.') + 1)..];
        if (Utf8Parser.TryParse(token, out long id, out int used) && used == token.Length && _pending.TryRemove(id, out Pending? reply))
        {
            bool nobody = message.Payload.IsEmpty && !message.Headers.IsEmpty && message.Status.Code == NatsStatus.NoResponders;
            reply.TrySetResult(nobody ? NatsReply.None(NatsReplyStatus.NoResponders, "") : NatsReply.Ok(message.ToMessage()));
        }

        return ValueTask.CompletedTask;
    }

    public void OnClosed(Exception? reason) => OnDisconnected();

    /// <summary>The replies on the way are lost: their waiters are told at once.</summary>
    public void OnDisconnected()
    {
        foreach (long id in _pending.Keys)
        {
            if (_pending.TryRemove(id, out Pending? reply))
                reply.TrySetResult(NatsReply.None(NatsReplyStatus.Disconnected, ""));
        }
    }

    /// <summary>A request that is not permitted gets no reply, and those who wait for it are told at once.</summary>
    /// <param name="error">What the server says.</param>
    public void OnServerError(string error)
    {
        if (!error.StartsWith(NotPermitted, StringComparison.Ordinal))
            return;
        ReadOnlySpan<char> subject = error.AsSpan(NotPermitted.Length).TrimEnd('"');
        foreach ((long id, Pending pending) in _pending)
        {
            if (subject.SequenceEqual(pending.Subject) && _pending.TryRemove(id, out Pending? reply))
                reply.TrySetResult(NatsReply.None(NatsReplyStatus.NotPermitted, ""));
        }
    }

    private async ValueTask<NatsReply> WaitAsync(
        long id, Task<NatsReply> reply, ValueTask published, string subject, long started, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            await published.ConfigureAwait(false); // waits while the outbox is full, for the request's time to send at the longest
            TimeSpan left = timeout - time.GetElapsedTime(started);
            NatsReply result = await reply.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, cancellationToken).ConfigureAwait(false);
            return Named(result, subject);
        }
        catch (TimeoutException)
        {
            // On a busy machine the timer may overtake a reply that is here already.
            return reply.IsCompletedSuccessfully ? Named(await reply.ConfigureAwait(false), subject) : NatsReply.None(NatsReplyStatus.TimedOut, subject);
        }
        finally
        {
            _pending.TryRemove(id, out _);
        }
    }

    private sealed class Pending(string subject) : TaskCompletionSource<NatsReply>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public string Subject => subject;
    }

    private static NatsReply Named(NatsReply reply, string subject) => reply.IsOk ? reply : NatsReply.None(reply.Status, subject);
}
