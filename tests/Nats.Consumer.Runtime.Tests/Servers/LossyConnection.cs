using System.Text;
using Nats.Consumer.Client;

namespace Nats.Consumer.Tests.Servers;

/// <summary>Loses the first message whose subject ends like this.</summary>
internal sealed class LossyConnection(INatsConnection inner, string lost) : INatsConnection
{
    private int _lost;

    public event Action<NatsConnectionEvent>? Changed
    {
        add => inner.Changed += value;
        remove => inner.Changed -= value;
    }

    /// <summary>Whether it has come.</summary>
    public bool HasLost => Volatile.Read(ref _lost) == 1;

    public NatsConnectionState State => inner.State;

    public NatsServerInfo? ServerInfo => inner.ServerInfo;

    public ValueTask ConnectAsync(CancellationToken cancellationToken = default) => inner.ConnectAsync(cancellationToken);

    public string NewInbox() => inner.NewInbox();

    public ValueTask PublishAsync(in OutgoingMessage message, CancellationToken cancellationToken = default) => inner.PublishAsync(message, cancellationToken);

    public ValueTask<NatsReply> RequestAsync(in OutgoingMessage request, TimeSpan timeout, CancellationToken cancellationToken = default) => inner.RequestAsync(request, timeout, cancellationToken);

    public ValueTask<INatsSubscription> SubscribeAsync(string subject, INatsMessageSink sink, string? queueGroup = null, CancellationToken cancellationToken = default) =>
        inner.SubscribeAsync(subject, new LossySink(this, sink), queueGroup, cancellationToken);

    public ValueTask FlushAsync(CancellationToken cancellationToken = default) => inner.FlushAsync(cancellationToken);

    public ValueTask DrainAsync(CancellationToken cancellationToken = default) => inner.DrainAsync(cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private bool Loses(in ReceivedMessage message) => Encoding.UTF8.GetString(message.Subject).EndsWith(lost, StringComparison.Ordinal) && Interlocked.Exchange(ref _lost, 1) == 0;

    private sealed class LossySink(LossyConnection connection, INatsMessageSink inner) : INatsMessageSink
    {
        public ValueTask OnMessageAsync(in ReceivedMessage message) =>
            message.ReplyTo.StartsWith("$JS.ACK"u8) && connection.Loses(message) ? ValueTask.CompletedTask : inner.OnMessageAsync(message);

        public void OnClosed(Exception? reason) => inner.OnClosed(reason);
    }
}
