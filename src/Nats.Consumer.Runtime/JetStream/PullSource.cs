using System.Text;
using Microsoft.Extensions.Logging;
using Nats.Consumer.Client;
using Nats.Consumer.Consuming;

namespace Nats.Consumer.JetStream;

/// <summary>
/// Keeps a window of messages requested from a durable pull consumer and hands them out in order. It asks again at once after a reconnect, after every status that ends a request,
/// and when the server falls silent; it never ends on its own.
/// </summary>
internal sealed class PullSource : IMessageSource, INatsMessageSink
{
    private readonly INatsConnection _connection;
    private readonly ConsumerContext _consumer;
    private readonly Func<CancellationToken, Task> _ensureConsumer;
    private readonly SourceSupervisor _supervisor;
    private readonly Action<string> _complain;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly PullWindow _window;
    private readonly byte[] _pullSubject;
    private readonly string _inbox;
    private readonly byte[] _inboxUtf8;
    private readonly CancellationTokenSource _stopping = new();
    private INatsSubscription? _subscription;
    private Task _supervision = Task.CompletedTask;

    /// <param name="connection">Where to pull.</param>
    /// <param name="consumer">What the messages belong to.</param>
    /// <param name="window">How much to keep requested and buffered.</param>
    /// <param name="ensureConsumer">Looks at the consumer on the server and makes it anew when it is gone.</param>
    /// <param name="onFatal">Told of what no trying again can cure.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    public PullSource(
        INatsConnection connection, ConsumerContext consumer, PullWindow window, Func<CancellationToken, Task> ensureConsumer, Action<Exception> onFatal, TimeProvider time, ILogger logger)
    {
        _connection = connection;
        _consumer = consumer;
        _ensureConsumer = ensureConsumer;
        _time = time;
        _logger = logger;
        _window = window;
        _supervisor = new SourceSupervisor(consumer, connection, PullCommand.Heartbeat, RecoverAsync, () => window.Requested > 0, onFatal, time, logger);
        _complain = _supervisor.Complain;
        Queue = new DeliveryQueue(consumer);
        _pullSubject = Encoding.UTF8.GetBytes(PullCommand.SubjectOf(consumer.Stream, consumer.Durable));
        _inbox = connection.NewInbox();
        _inboxUtf8 = Encoding.UTF8.GetBytes(_inbox);
    }

    public DeliveryQueue Queue { get; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription = await _connection.SubscribeAsync(_inbox, this, cancellationToken: cancellationToken).ConfigureAwait(false);
        _connection.Changed += OnConnectionChanged;
        Pull();
        _supervision = Task.Run(() => _supervisor.RunAsync(_stopping.Token), CancellationToken.None);
    }

    public void Taken(InboundMessage message)
    {
        _window.Taken(message.Size);
        Pull();
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        _connection.Changed -= OnConnectionChanged;
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
        // Deliveries keep the subject under which they were published; only what the server itself says comes to the inbox.
        if (message.Subject.SequenceEqual(_inboxUtf8))
        {
            OnStatus(message);
        }
        else if (AckSubject.TryParse(message.ReplyTo, out AckSubject ack))
        {
            _window.Received(message.Subject.Length + message.ReplyTo.Length + message.Headers.Length + message.Payload.Length);
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
        PullReaction reaction = PullStatus.ReactionTo(status);
        if (reaction == PullReaction.None)
            return;
        Log.PullEnded(_logger, _consumer.Durable, status.Code, status.Text);
        NatsHeaders headers = NatsHeaders.Parse(message.Headers);
        if (int.TryParse(headers[HeaderNames.PendingMessages], out int pending))
            _window.Returned(pending, long.TryParse(headers[HeaderNames.PendingBytes], out long bytes) ? bytes : 0);
        else
            _window.Reset(); // it does not say of which request: better to ask twice than not at all
        if (reaction == PullReaction.TooLarge)
            _window.Exceeded();
        if (reaction is PullReaction.PullAgain or PullReaction.TooLarge)
            Pull();
        else
            _supervisor.Complain($"the server answered a pull with '{status}'");
    }

    private void OnConnectionChanged(NatsConnectionEvent change)
    {
        if (change.Kind != NatsConnectionEventKind.Reconnected)
            return;
        _supervisor.StartAfresh();
        _supervisor.Sign(_time.GetTimestamp());
        _window.Reset();
        Pull();
    }

    private async Task RecoverAsync(CancellationToken cancellationToken)
    {
        await _ensureConsumer(cancellationToken).ConfigureAwait(false);
        _window.Reset();
        Pull();
    }

    private void Pull()
    {
        if (_stopping.IsCancellationRequested || _connection.State != NatsConnectionState.Connected)
            return; // after a reconnect everything is asked for anew
        PullRequest wanted = _window.Refill();
        if (wanted.IsFirst)
            _supervisor.Sign(_time.GetTimestamp()); // silence begins to count
        PullCommand.Send(_connection, _pullSubject, _inboxUtf8, wanted, _complain);
    }
}
