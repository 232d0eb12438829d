using System.Text;
using Nats.Consumer.Client;

namespace Nats.Consumer.Tests.Fakes;

/// <summary>What was sent.</summary>
internal sealed record Sent(string Subject, string Payload, string ReplyTo, NatsHeaders? Headers, TimeSpan TimeToSend, bool IsRequest);

/// <summary>A connection to nowhere: it records what is sent, answers requests by a lambda, and keeps the sinks of subscriptions for tests to call.</summary>
internal sealed class RecordingConnection : INatsConnection
{
    private readonly List<Sent> _sent = [];
    private readonly byte[] _wire = new byte[64 * 1024];
    private int _inboxes;

    public event Action<NatsConnectionEvent>? Changed;

    /// <summary>Off: sent bytes are copied to a fixed place and counted, and nothing is allocated.</summary>
    public bool Records { get; set; } = true;

    public long Count { get; private set; }

    /// <summary>Called with each publish before it is recorded; may throw.</summary>
    public Action<Sent>? OnPublish { get; set; }

    public Func<Sent, NatsReply> Answer { get; set; } = request => NatsReply.None(NatsReplyStatus.TimedOut, request.Subject);

    public INatsMessageSink? Sink { get; private set; }

    public List<string> Subscribed { get; } = [];

    public NatsConnectionState State { get; set; } = NatsConnectionState.Connected;

    public NatsServerInfo? ServerInfo { get; set; } = Version("2.15.1");

    public IReadOnlyList<Sent> All
    {
        get
        {
            lock (_sent)
                return [.. _sent];
        }
    }

    public IEnumerable<Sent> Published => All.Where(sent => !sent.IsRequest);

    public IEnumerable<Sent> Requested => All.Where(sent => sent.IsRequest);

    public static NatsServerInfo Version(string version) => new() { ServerName = "fake", VersionText = version, Version = System.Version.Parse(version) };

    public static NatsReply Json(string json) => NatsReply.Ok(new NatsMessage("_INBOX.1", null, null, Encoding.UTF8.GetBytes(json)));

    public void Raise(NatsConnectionEventKind kind) => Changed?.Invoke(new NatsConnectionEvent(kind));

    public ValueTask ConnectAsync(CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    public string NewInbox() => $"_INBOX.{Interlocked.Increment(ref _inboxes)}";

    public ValueTask PublishAsync(in OutgoingMessage message, CancellationToken cancellationToken = default)
    {
        if (!Records)
        {
            message.Subject.CopyTo(_wire);
            message.Payload.CopyTo(_wire.AsSpan(message.Subject.Length));
            Count++;
            return ValueTask.CompletedTask;
        }

        Sent sent = Copy(message, isRequest: false);
        OnPublish?.Invoke(sent);
        Record(sent);
        return ValueTask.CompletedTask;
    }

    public ValueTask<NatsReply> RequestAsync(in OutgoingMessage request, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        Sent sent = Copy(request, isRequest: true);
        Record(sent);
        return ValueTask.FromResult(Answer(sent));
    }

    public ValueTask<INatsSubscription> SubscribeAsync(string subject, INatsMessageSink sink, string? queueGroup = null, CancellationToken cancellationToken = default)
    {
        Sink = sink;
        Subscribed.Add(subject);
        return ValueTask.FromResult<INatsSubscription>(new Subscription(subject));
    }

    public ValueTask DrainAsync(CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    /// <summary>What a flush ends with, if not well.</summary>
    public Exception? Flushed { get; set; }

    public ValueTask FlushAsync(CancellationToken cancellationToken = default) => Flushed is null ? ValueTask.CompletedTask : ValueTask.FromException(Flushed);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static Sent Copy(in OutgoingMessage message, bool isRequest) => new(
        Encoding.UTF8.GetString(message.Subject), Encoding.UTF8.GetString(message.Payload), Encoding.UTF8.GetString(message.ReplyTo), message.Headers, message.TimeToSend, isRequest);

    private void Record(Sent sent)
    {
        lock (_sent)
            _sent.Add(sent);
    }

    private sealed class Subscription(string subject) : INatsSubscription
    {
        public string Subject => subject;

        public ValueTask DrainAsync(CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
