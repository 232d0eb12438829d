using Nats.Consumer.Client;
using Nats.Consumer.Client.Connecting;
using Nats.Consumer.InMemory.Broker;
using Subscription = Nats.Consumer.InMemory.Broker.Subscription;

namespace Nats.Consumer.InMemory.Connections;

/// <summary>A subscription of a connection.</summary>
internal sealed class ClientSubscription(InMemoryConnection connection, Pattern pattern, string? queueGroup, SinkQueue sink)
    : Subscription(pattern, queueGroup), INatsSubscription
{
    public string Subject => Pattern.Text;

    public SinkQueue Sink => sink;

    public override void Receive(ref Routed message) => connection.Enqueue(new Arrival(this, message.Keep()));

    public ValueTask DrainAsync(CancellationToken cancellationToken = default) => connection.DrainAsync(this, cancellationToken);

    public ValueTask DisposeAsync()
    {
        connection.Remove(this);
        return ValueTask.CompletedTask;
    }
}
