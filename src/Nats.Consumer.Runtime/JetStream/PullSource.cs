using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Nats.Consumer.Client;
using Nats.Consumer.Consuming;

namespace Nats.Consumer.JetStream;

/// <summary>
/// Keeps a window of messages requested from a durable pull consumer and hands them out in order. It asks again at once after a reconnect, after every status that ends a request,
/// and when the server falls silent; it never ends on its own.
/// </summary>
internal sealed class PullSource : INatsMessageSink, IDisposable
{
    private static readonly TimeSpan Expires = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);
    private static readonly RetryPolicy RecoveryDelay = RetryPolicy.Exponential(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10), jitter: 0.2);

    private readonly INatsConnection _connection;
    private readonly ConsumerContext _consumer;
    private readonly Func<CancellationToken, Task> _ensureConsumer;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly PullWindow _window;
    private readonly InboundMessagePool _pool;
    private readonly byte[] _pullSubject;
    private readonly string _inbox;
    private readonly byte[] _inboxUtf8;
    private readonly Channel<InboundMessage> _messages = Channel.CreateUnbounded<InboundMessage>(new() { SingleWriter = true });
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _check = new(0, 1);
    private readonly Random _random = new();
    private INatsSubscription? _subscription;
    private Task _maintenance = Task.CompletedTask;
    private long _lastSign;
    private volatile string? _complaint;

    /// <param name="connection">Where to pull.</param>
    /// <param name="consumer">What the messages belong to.</param>
    /// <param name="window">How many messages to keep requested and buffered.</param>
    /// <param name="ensureConsumer">Looks at the consumer on the server and makes it anew when it is gone.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    public PullSource(
        INatsConnection connection, ConsumerContext consumer, int window, Func<CancellationToken, Task> ensureConsumer, TimeProvider time, ILogger logger)
    {
        _connection = connection;
        _consumer = consumer;
        _ensureConsumer = ensureConsumer;
        _time = time;
        _logger = logger;
        _window = new PullWindow(window);
        _pool = new InboundMessagePool(window * 2);
        _pullSubject = Encoding.UTF8.GetBytes($"$JS.API.CONSUMER.MSG.NEXT.{consumer.Stream}.{consumer.Durable}");
        _inbox = connection.NewInbox();
        _inboxUtf8 = Encoding.UTF8.GetBytes(_inbox);
    }

    /// <summary>The messages. Whoever reads one calls <see cref="Taken"/>, and <see cref="Return"/> when it is done with.</summary>
    public ChannelReader<InboundMessage> Messages => _messages.Reader;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _lastSign = _time.GetTimestamp();
        _subscription = await _connection.SubscribeAsync(_inbox, this, cancellationToken: cancellationToken).ConfigureAwait(false);
        _connection.Changed += OnConnectionChanged;
        Pull();
        _maintenance = Task.Run(MaintainAsync, CancellationToken.None);
    }

    /// <summary>A message has left the buffer: there may be room to ask for more.</summary>
    public void Taken()
    {
        _window.Taken();
        Pull();
    }

    /// <summary>A message is done with; its memory is used again.</summary>
    public void Return(InboundMessage message) => _pool.Return(message);

    /// <summary>Stops asking, takes in what is on the way, and completes <see cref="Messages"/>.</summary>
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
            _messages.Writer.TryComplete();
        }

        await _maintenance.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _check.Dispose();
    }

    ValueTask INatsMessageSink.OnMessageAsync(in ReceivedMessage message)
    {
        long now = _time.GetTimestamp();
        Volatile.Write(ref _lastSign, now);
        // Deliveries keep the subject under which they were published; only what the server itself says comes to the inbox.
        if (message.Subject.SequenceEqual(_inboxUtf8))
        {
            OnStatus(message);
        }
        else if (!AckSubject.TryParse(message.ReplyTo, out AckSubject ack))
        {
            Log.NotADelivery(_logger, Encoding.UTF8.GetString(message.Subject), Encoding.UTF8.GetString(message.ReplyTo));
        }
        else
        {
            _window.Received();
            InboundMessage inbound = _pool.Rent();
            inbound.Fill(message, ack, _consumer, now);
            if (!_messages.Writer.TryWrite(inbound))
                _pool.Return(inbound); // stopped meanwhile: the server delivers it again after the ack wait
        }

        return ValueTask.CompletedTask;
    }

    void INatsMessageSink.OnClosed(Exception? reason) => _messages.Writer.TryComplete();

    private void OnStatus(in ReceivedMessage message)
    {
        NatsStatus status = message.Status;
        PullReaction reaction = PullStatus.ReactionTo(status);
        if (reaction == PullReaction.None)
            return;
        Log.PullEnded(_logger, _consumer.Durable, status.Code, status.Text);
        if (int.TryParse(NatsHeaders.Parse(message.Headers)[HeaderNames.PendingMessages], out int pending))
            _window.Returned(pending);
        else
            _window.Reset(); // it does not say of which request: better to ask twice than not at all
        if (reaction == PullReaction.PullAgain)
            Pull();
        else
            Check($"the server answered a pull with '{status}'");
    }

    private void OnConnectionChanged(NatsConnectionEvent change)
    {
        if (change.Kind != NatsConnectionEventKind.Reconnected)
            return;
        Volatile.Write(ref _lastSign, _time.GetTimestamp());
        _window.Reset();
        Pull();
    }

    private void Pull()
    {
        if (_stopping.IsCancellationRequested || _connection.State != NatsConnectionState.Connected)
            return; // after a reconnect everything is asked for anew
        int batch = _window.Refill();
        if (batch == 0)
            return;
        Span<byte> request = stackalloc byte[128];
        System.Text.Unicode.Utf8.TryWrite(
            request, $$"""{"batch":{{batch}},"expires":{{Expires.ToNanoseconds()}},"idle_heartbeat":{{Heartbeat.ToNanoseconds()}}}""", out int length);
        try
        {
            ValueTask sent = _connection.PublishAsync(
                new OutgoingMessage { Subject = _pullSubject, ReplyTo = _inboxUtf8, Payload = request[..length], DropOnDisconnect = true });
            if (!sent.IsCompletedSuccessfully)
                _ = ReportAsync(sent);
        }
        catch (NatsConnectionException)
        {
            // Closed for good: the subscription's end has completed the channel.
        }
    }

    private async Task ReportAsync(ValueTask sent)
    {
        try
        {
            await sent.ConfigureAwait(false);
        }
        catch (NatsException e)
        {
            Check(e.Message);
        }
    }

    private void Check(string complaint)
    {
        _complaint = complaint;
        if (_check.CurrentCount == 0)
        {
            try
            {
                _check.Release();
            }
            catch (SemaphoreFullException)
            {
                // somebody else was faster
            }
        }
    }

    // Wakes on a complaint, and now and then to see whether the server still gives a sign of life.
    private async Task MaintainAsync()
    {
        int failures = 0;
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                using var tick = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
                Task timer = Task.Delay(Heartbeat, _time, tick.Token);
                await Task.WhenAny(_check.WaitAsync(tick.Token), timer).ConfigureAwait(false);
                await tick.CancelAsync().ConfigureAwait(false);
                if (_stopping.IsCancellationRequested || _connection.State != NatsConnectionState.Connected)
                    continue;
                if (_complaint is null && _window.Requested > 0 && _time.GetElapsedTime(Volatile.Read(ref _lastSign)) > Heartbeat * 2)
                    _complaint = $"no heartbeat for {(Heartbeat * 2).TotalSeconds:0} s";
                if (_complaint is not { } complaint)
                    continue;

                Log.CheckingConsumer(_logger, _consumer.Durable, _consumer.Stream, complaint);
                await _ensureConsumer(_stopping.Token).ConfigureAwait(false);
                (_complaint, failures) = (null, 0);
                Volatile.Write(ref _lastSign, _time.GetTimestamp());
                _window.Reset();
                Pull();
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Log.CannotRecover(_logger, _consumer.Durable, _consumer.Stream, e.Message);
                Check(_complaint ?? e.Message);
                await Task.Delay(RecoveryDelay.DelayAfter(++failures, _random.NextDouble()), _time, _stopping.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
