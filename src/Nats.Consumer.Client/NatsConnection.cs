using Microsoft.Extensions.Logging;
using Nats.Consumer.Client.Connecting;
using Nats.Consumer.Client.Requests;
using Nats.Consumer.Client.Wire;

namespace Nats.Consumer.Client;

/// <summary>
/// A connection to a NATS server over TCP. It restores itself, subscriptions first, until it is disposed or the server refuses its credentials.
/// </summary>
public sealed partial class NatsConnection : INatsConnection, IFrameHandler
{
    private readonly NatsConnectionOptions _options;
    private readonly ServerPool _pool;
    private readonly Dialer _dialer;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly Random _random = new();
    private readonly Outbox _outbox;
    private readonly PingQueue _pings;
    private readonly SubscriptionTable _subscriptions;
    private readonly RequestMultiplexer _requests;
    private readonly CancellationTokenSource _disposing = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly SemaphoreSlim _connecting = new(1, 1);
    private readonly string _inbox;
    private long _lastInbox;
    private volatile NatsConnectionState _state;
    private volatile NatsServerInfo? _serverInfo;
    private volatile Session? _session;
    private volatile string? _lastServerError;
    private Task _owner = Task.CompletedTask;

    /// <summary>Creates a connection; <see cref="ConnectAsync"/> opens it.</summary>
    /// <exception cref="ArgumentException">An option is out of its range, or the URL cannot be read.</exception>
    public NatsConnection(NatsConnectionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _time = options.TimeProvider;
        _logger = options.LoggerFactory.CreateLogger("Nats.Consumer.Client");
        _pool = new ServerPool(ServerAddress.ParseList(options.Url), options.ShuffleServers, _random.NextDouble);
        _dialer = new Dialer(_pool, options, _random.NextDouble, _logger);
        _outbox = new Outbox(options.MaxPendingBytes, options.OutageTimeout, _time);
        _pings = new PingQueue(_outbox);
        _subscriptions = new SubscriptionTable(_outbox, _pings, options.MaxSinkPendingBytes, error => Log.SinkFailed(_logger, error));
        _inbox = $"{options.InboxPrefix}.{UniqueId.New()}";
        _requests = new RequestMultiplexer(this, (subject, sink) => Subscribe(subject, sink, queueGroup: null), $"{_inbox}R", _time);
    }

    /// <inheritdoc/>
    public event Action<NatsConnectionEvent>? Changed;

    /// <inheritdoc/>
    public NatsConnectionState State => _state;

    /// <inheritdoc/>
    public NatsServerInfo? ServerInfo => _serverInfo;

    /// <inheritdoc/>
    public async ValueTask ConnectAsync(CancellationToken cancellationToken = default)
    {
        await _connecting.WaitAsync(cancellationToken).ConfigureAwait(false);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposing.Token);
        try
        {
            ObjectDisposedException.ThrowIf(_state == NatsConnectionState.Closed || _disposing.IsCancellationRequested, this);
            if (_state is NatsConnectionState.Connected or NatsConnectionState.Reconnecting)
                return;
            _state = NatsConnectionState.Connecting;
            Session session = await _dialer.ConnectAsync(last: null, giveUp.Token).ConfigureAwait(false);
            Start(session);
            Log.Connected(_logger, session.Server.ToString(), session.Info.VersionText);
            Raise(new NatsConnectionEvent(NatsConnectionEventKind.Connected));
            _owner = Task.Run(() => RunAsync(session), CancellationToken.None);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ObjectDisposedException(GetType().FullName);
        }
        finally
        {
            if (_state == NatsConnectionState.Connecting)
                _state = NatsConnectionState.New;
            _connecting.Release();
        }
    }

    /// <inheritdoc/>
    public string NewInbox() => $"{_inbox}.{Interlocked.Increment(ref _lastInbox)}";

    /// <inheritdoc/>
    public ValueTask PublishAsync(in OutgoingMessage message, CancellationToken cancellationToken = default)
    {
        OutgoingRules.Check(message, _serverInfo);
        return _outbox.PublishAsync(message, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<NatsReply> RequestAsync(in OutgoingMessage request, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(timeout, NatsConnectionOptions.LongestTime);
        return _requests.RequestAsync(request, timeout, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<INatsSubscription> SubscribeAsync(
        string subject, INatsMessageSink sink, string? queueGroup = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Subscribe(subject, sink, queueGroup));
    }

    /// <inheritdoc/>
    public async ValueTask FlushAsync(CancellationToken cancellationToken = default) =>
        await _pings.PingAsync().WaitAsync(cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask DrainAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            if (_state is NatsConnectionState.Connected or NatsConnectionState.Reconnecting)
                await _subscriptions.DrainAllAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Sends what is queued, for <see cref="NatsConnectionOptions.CloseTimeout"/> at the longest, and closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        await _disposing.CancelAsync().ConfigureAwait(false); // a connect under way gives up
        await _connecting.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_state == NatsConnectionState.Closed)
                return;
            if (_state == NatsConnectionState.Connected)
                await _pings.PingAsync().WaitAsync(_options.CloseTimeout, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await _closing.CancelAsync().ConfigureAwait(false);
            await _owner.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Close(null);
        }
        finally
        {
            _connecting.Release();
        }
    }

    internal INatsSubscription Subscribe(string subject, INatsMessageSink sink, string? queueGroup)
    {
        ArgumentNullException.ThrowIfNull(sink);
        WireSubject.ThrowIfUnsafe(subject, "subject");
        if (queueGroup is not null)
            WireSubject.ThrowIfUnsafe(queueGroup, "queue group");
        return _subscriptions.Add(subject, queueGroup, sink);
    }
}
