using Nats.Consumer.Client;

namespace Nats.Consumer.Benchmarks;

/// <summary>A connection that leads nowhere.</summary>
internal sealed class SwallowingConnection : INatsConnection
{
    public event Action<NatsConnectionEvent>? Changed
    {
        add { }
        remove { }
    }

    public NatsConnectionState State => NatsConnectionState.Connected;

    public NatsServerInfo? ServerInfo => null;

    public ValueTask ConnectAsync(CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    public string NewInbox() => "_INBOX.1";

    public ValueTask PublishAsync(in OutgoingMessage message, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    public ValueTask<NatsReply> RequestAsync(in OutgoingMessage request, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(NatsReply.None(NatsReplyStatus.NoResponders, ""));

    public ValueTask<INatsSubscription> SubscribeAsync(
        string subject, INatsMessageSink sink, string? queueGroup = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask FlushAsync(CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    public ValueTask DrainAsync(CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
