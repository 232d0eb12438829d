using Microsoft.Extensions.Logging;
using Nats.Consumer.Client;
using Nats.Consumer.Consuming;
using Nats.Consumer.JetStream;

namespace Nats.Consumer.Health;

/// <summary>
/// Looks at the consumer on the server from time to time. Its ack wait, which somebody may have changed, counts at once. When the consumer is idle it may be so because nothing may be delivered: messages that
/// wait for a delayed retry count as unsettled, and so long retries of many messages stop all others (seen on nats-server 2.9.10, 2.10.27 and 2.15.1).
/// </summary>
internal sealed class ConsumerWatch(INatsConnection connection, JetStreamApi api, ConsumerContext consumer, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
                await LookAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // the consumer has ended
        }
    }

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var status = consumer.Status;
        bool isIdle = status.Buffered + status.InFlight == 0 && (status.LastReceived == 0 || time.GetElapsedTime(status.LastReceived) >= Interval);
        status.IsSaturated &= isIdle;
        if (connection.State != NatsConnectionState.Connected)
            return;
        try
        {
            if (await api.GetConsumerAsync(consumer.Stream, consumer.Durable, cancellationToken).ConfigureAwait(false) is not { } description)
                return; // the source notices by itself
            Adopt(description.Deadlines);
            if (!isIdle)
                return;
            status.Pending = description.Pending;
            bool isSaturated = description.Pending > 0 && (long?)description.Config["max_ack_pending"] is > 0 and var most && description.AckPending >= most;
            if (isSaturated && !status.IsSaturated)
                Log.Saturated(logger, consumer.Durable, consumer.Stream, description.AckPending, description.Pending);
            status.IsSaturated = isSaturated;
        }
        catch (NatsException)
        {
            // It is only a look; who needs the server finds out.
        }
    }

    private void Adopt(AckDeadlines deadlines)
    {
        AckDeadlines before = consumer.Deadlines;
        if (deadlines.AckWait == before.AckWait && deadlines.Backoff.SequenceEqual(before.Backoff))
            return;
        consumer.Deadlines = deadlines;
        Log.DeadlinesChanged(logger, consumer.Durable, consumer.Stream, before.ToString(), deadlines.ToString());
    }
}
