namespace Nats.Consumer.NatsNet.Subscribing;

/// <summary>The subscriptions of an adapter, to keep them alive and to end them with it.</summary>
/// <param name="onEnded">Told when NATS.Net ends one on its own.</param>
internal sealed class SubscriptionTable(Action<Exception> onEnded)
{
    private readonly Lock _gate = new();
    private readonly HashSet<SinkSubscription> _all = [];

    public Action<Exception> OnEnded => onEnded;

    public IReadOnlyList<SinkSubscription> All
    {
        get
        {
            lock (_gate)
                return [.. _all];
        }
    }

    public void Add(SinkSubscription subscription)
    {
        lock (_gate)
            _all.Add(subscription);
    }

    public void Remove(SinkSubscription subscription)
    {
        lock (_gate)
            _all.Remove(subscription);
    }
}
