using System.Text;
using Microsoft.Extensions.Logging;
using Nats.Consumer.Client;
using Nats.Consumer.Consuming;

namespace Nats.Consumer.JetStream;

/// <summary>
/// Takes what a durable push consumer delivers, as a member of its deliver group. Flow control requests are answered only when what came before has left the buffer, which holds the server back; a member
/// that falls silent looks at the consumer.
/// </summary>
internal sealed class PushSource : IMessageSource, INatsMessageSink
{
    // The server asks when half of what it dares to have under way is; answering at a small rest keeps it flowing.
    private const int AnswerAt = 16;

    private readonly INatsConnection _connection;
    private readonly ConsumerContext _consumer;
    private readonly string _deliverSubject;
    private readonly byte[] _deliverSubjectUtf8;
    private readonly SourceSupervisor _supervisor;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private INatsSubscription? _subscription;
    private Task _supervision = Task.CompletedTask;
    private int _buffered;
    private byte[]? _flowControl;

    public PushSource(
        INatsConnection connection, ConsumerContext consumer, string deliverSubject, Func<CancellationToken, Task> ensureConsumer, Action<Exception> onFatal, TimeProvider time, ILogger logger)
    {
        (_connection, _consumer, _deliverSubject, _time, _logger) = (connection, consumer, deliverSubject, time, logger);
        _deliverSubjectUtf8 = Encoding.UTF8.GetBytes(deliverSubject);
        Queue = new DeliveryQueue(consumer);
        // Of the heartbeats each goes to one member of the group, so that silence means little.
        _supervisor = new SourceSupervisor(consumer, connection, PullCommand.Heartbeat, ensureConsumer, () => true, onFatal, time, logger) { SilenceIsUsual = true };
    }

    public DeliveryQueue Queue { get; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription = await _connection.SubscribeAsync(_deliverSubject, this, _consumer.Durable, cancellationToken).ConfigureAwait(false);
        _supervision = Task.Run(() => _supervisor.RunAsync(_stopping.Token), CancellationToken.None);
    }

    public void Taken(InboundMessage message)
    {
        if (Interlocked.Decrement(ref _buffered) <= AnswerAt && Interlocked.Exchange(ref _flowControl, null) is { } replyTo)
            AnswerFlowControl(replyTo);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        try
        {
            if (_subscription is not null)
                await _subscription.DrainAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is NatsException or OperationCanceledException)
        {
            // Without a connection nothing is on the way.
        }
        finally
        {
            Queue.Complete();
        }

        await _supervision.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _supervisor.Dispose();
    }

    ValueTask INatsMessageSink.OnMessageAsync(in ReceivedMessage message)
    {
        long now = _time.GetTimestamp();
        _supervisor.Sign(now);
        if (message.Subject.SequenceEqual(_deliverSubjectUtf8))
        {
            OnStatus(message);
        }
        else if (AckSubject.TryParse(message.ReplyTo, out AckSubject ack))
        {
            Interlocked.Increment(ref _buffered);
            _supervisor.StartAfresh();
            Queue.Add(message, ack, now);
        }
        else
        {
            Log.NotADelivery(_logger, Encoding.UTF8.GetString(message.Subject), Encoding.UTF8.GetString(message.ReplyTo));
        }

        return ValueTask.CompletedTask;
    }

    void INatsMessageSink.OnClosed(Exception? reason) => Queue.Complete();

    private void OnStatus(in ReceivedMessage message)
    {
        NatsStatus status = message.Status;
        if (status.Code != 100)
        {
            _supervisor.Complain($"the server said '{status}'");
            return;
        }

        // A request to go on; when one was lost a heartbeat repeats it.
        byte[]? replyTo = !message.ReplyTo.IsEmpty ? message.ReplyTo.ToArray()
            : NatsHeaders.Parse(message.Headers)[HeaderNames.ConsumerStalled] is { Length: > 0 } stalled ? Encoding.UTF8.GetBytes(stalled)
            : null;
        if (replyTo is null)
            return;
        Interlocked.Exchange(ref _flowControl, replyTo);
        if (Volatile.Read(ref _buffered) <= AnswerAt && Interlocked.Exchange(ref _flowControl, null) is { } now)
            AnswerFlowControl(now);
    }

    private void AnswerFlowControl(byte[] replyTo)
    {
        try
        {
            // Not waited for: should it be lost, a heartbeat asks again.
            _ = _connection.PublishAsync(new OutgoingMessage { Subject = replyTo, DropOnDisconnect = true }).AsTask().ContinueWith(
                static sent => _ = sent.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
        catch (NatsException)
        {
            // Closed for good.
        }
    }
}
