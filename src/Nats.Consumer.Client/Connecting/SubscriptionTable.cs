using System.Collections.Concurrent;
using System.Text;
using Nats.Consumer.Client.Wire;

namespace Nats.Consumer.Client.Connecting;

/// <summary>The subscriptions of a connection, which outlive its sessions.</summary>
internal sealed class SubscriptionTable(Outbox outbox, PingQueue pings, int maxPendingBytes, Action<Exception> onSinkError)
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<long, Subscription> _byId = new();
    private long _lastId;
    private bool _closed;
    private Subscription? _lastFound;

    /// <summary>Finds whom a message is for; called by the receive loop only. Most messages are for whom the one before was; one that has ended takes no more.</summary>
    public Subscription? Find(long id)
    {
        if (_lastFound is { } last && last.Id == id)
            return last;
        return _lastFound = _byId.GetValueOrDefault(id);
    }

    public Subscription Add(string subject, string? queueGroup, INatsMessageSink sink)
    {
        lock (_gate)
        {
            if (_closed)
                throw new NatsConnectionException("The connection is closed.");
            var subscription = new Subscription(this, ++_lastId, subject, queueGroup, new SinkQueue(sink, maxPendingBytes, onSinkError));
            _byId[subscription.Id] = subscription;
            outbox.WriteCommand(SubscribeCommand(subscription));
            return subscription;
        }
    }

    /// <summary>Lets the outbox go on a new session, with all subscriptions first.</summary>
    /// <returns>How many queued messages had expired.</returns>
    public int Restore()
    {
        lock (_gate)
        {
            var commands = new MemoryStream();
            foreach (Subscription subscription in _byId.Values.Where(subscription => !subscription.IsDraining).OrderBy(subscription => subscription.Id))
                commands.Write(SubscribeCommand(subscription));
            return outbox.Resume(commands.GetBuffer().AsSpan(0, (int)commands.Length));
        }
    }

    public void Remove(Subscription subscription)
    {
        lock (_gate) // or a session that opens at this moment would subscribe after the UNSUB
        {
            if (!_byId.TryRemove(subscription.Id, out _))
                return;
            outbox.WriteCommand(UnsubscribeCommand(subscription));
        }

        subscription.Sink.Close(null);
    }

    public async ValueTask DrainAsync(Subscription subscription, CancellationToken cancellationToken)
    {
        Task pong;
        lock (_gate)
        {
            if (!_byId.ContainsKey(subscription.Id))
                return;
            subscription.IsDraining = true;
            outbox.WriteCommand(UnsubscribeCommand(subscription));
            pong = pings.PingAsync();
        }

        try
        {
            await pong.WaitAsync(cancellationToken).ConfigureAwait(false);
            await subscription.Sink.WhenIdleAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (_byId.TryRemove(subscription.Id, out _))
                subscription.Sink.Close(null);
        }
    }

    /// <summary>Asks the server to send nothing more, and waits until all that it sent before has been received.</summary>
    /// <remarks>The subscriptions stay: the next session restores them.</remarks>
    public async Task PauseAsync(CancellationToken cancellationToken)
    {
        foreach (Subscription subscription in _byId.Values)
            outbox.WriteCommand(UnsubscribeCommand(subscription));
        await pings.PingAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Drains all subscriptions at once.</summary>
    public async Task DrainAllAsync(CancellationToken cancellationToken)
    {
        await PauseAsync(cancellationToken).ConfigureAwait(false);
        await Task.WhenAll(_byId.Values.Select(subscription => subscription.Sink.WhenIdleAsync())).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends all subscriptions for good.</summary>
    public void Close(Exception? error)
    {
        lock (_gate)
            _closed = true;
        foreach (long id in _byId.Keys)
        {
            if (_byId.TryRemove(id, out Subscription? subscription))
                subscription.Sink.Close(error);
        }
    }

    private static byte[] SubscribeCommand(Subscription subscription) => Encoding.UTF8.GetBytes(
        subscription.QueueGroup is null
            ? $"SUB {subscription.Subject} {subscription.Id}\r\n"
            : $"SUB {subscription.Subject} {subscription.QueueGroup} {subscription.Id}\r\n");

    private static byte[] UnsubscribeCommand(Subscription subscription) => Encoding.UTF8.GetBytes($"UNSUB {subscription.Id}\r\n");
}
