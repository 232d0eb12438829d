using Nats.Consumer.Client;
using Core = NATS.Client.Core;

namespace Nats.Consumer.NatsNet.Tests.Transports;

/// <summary>An adapter together with the connection of NATS.Net that it does not own: a test disposes both at once.</summary>
internal sealed class OwnedConnection(Core.NatsConnection connection) : INatsConnection
{
    private readonly NatsNetConnection _adapter = new(connection);

    public event Action<NatsConnectionEvent>? Changed
    {
        add => _adapter.Changed += value;
        remove => _adapter.Changed -= value;
    }

    public NatsConnectionState State => _adapter.State;

    public NatsServerInfo? ServerInfo => _adapter.ServerInfo;

    public ValueTask ConnectAsync(CancellationToken cancellationToken = default) => _adapter.ConnectAsync(cancellationToken);

    public string NewInbox() => _adapter.NewInbox();

    public ValueTask PublishAsync(in OutgoingMessage message, CancellationToken cancellationToken = default) => _adapter.PublishAsync(message, cancellationToken);

    public ValueTask<NatsReply> RequestAsync(in OutgoingMessage request, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        _adapter.RequestAsync(request, timeout, cancellationToken);

    public ValueTask<INatsSubscription> SubscribeAsync(string subject, INatsMessageSink sink, string? queueGroup = null, CancellationToken cancellationToken = default) =>
        _adapter.SubscribeAsync(subject, sink, queueGroup, cancellationToken);

    public ValueTask FlushAsync(CancellationToken cancellationToken = default) => _adapter.FlushAsync(cancellationToken);

    public ValueTask DrainAsync(CancellationToken cancellationToken = default) => _adapter.DrainAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _adapter.DisposeAsync();
        await connection.DisposeAsync();
    }
}
