namespace Nats.Consumer.Consuming;

/// <summary>
/// How long the server waits for a settlement. A consumer that was made elsewhere may have a back-off on the server, which replaces the ack wait by one wait for each delivery and is added to
/// the delay of a negative ack as well (seen on nats-server 2.9.10, 2.10.27 and 2.15.1); the delay that is asked for is reduced by as much.
/// </summary>
/// <param name="AckWait">The ack wait as read back from the server.</param>
/// <param name="Backoff">The server's own back-off; empty for the consumers that we make.</param>
internal sealed record AckDeadlines(TimeSpan AckWait, IReadOnlyList<TimeSpan> Backoff)
{
    /// <summary>How long the server waits after this delivery.</summary>
    public TimeSpan After(int delivery) => Backoff.Count == 0 ? AckWait : Backoff[Math.Min(delivery, Backoff.Count) - 1];

    public override string ToString() => Backoff.Count == 0 ? $"{AckWait}" : string.Join(", ", Backoff);

    /// <summary>The delay to ask for, so that the next delivery comes after <paramref name="wanted"/>. May be negative, which the server takes.</summary>
    public TimeSpan NakDelay(TimeSpan wanted, int delivery)
    {
        if (Backoff.Count == 0 || wanted <= TimeSpan.Zero)
            return wanted;
        TimeSpan asked = wanted - (After(delivery) - Backoff[0]);
        return asked == TimeSpan.Zero ? TimeSpan.FromTicks(-1) : asked; // no delay at all would mean at once
    }
}
