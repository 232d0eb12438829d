namespace Nats.Consumer.Client.Connecting;

internal sealed class Subscription(SubscriptionTable table, long id, string subject, string? queueGroup, SinkQueue sink) : INatsSubscription
{
    public long Id => id;

    public string Subject => subject;

    public string? QueueGroup => queueGroup;

    public SinkQueue Sink => sink;

    /// <summary>The server is to forget it; a new session does not restore it.</summary>
    public bool IsDraining { get; set; }

    public ValueTask DrainAsync(CancellationToken cancellationToken = default) => table.DrainAsync(this, cancellationToken);

    public ValueTask DisposeAsync()
    {
        table.Remove(this);
        return ValueTask.CompletedTask;
    }
}
