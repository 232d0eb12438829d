using System.Text;
using Microsoft.Extensions.Logging;
using Nats.Consumer.Client.Connecting;
using Nats.Consumer.Client.Requests;
using Nats.Consumer.Client.Wire;

namespace Nats.Consumer.Client;

/// <summary>
/// A connection to a NATS server over TCP. It restores itself, subscriptions first, until it is disposed or the server refuses its credentials.
/// </summary>
public sealed class NatsConnection : INatsConnection, IFrameHandler
{
    private static readonly TimeSpan MoveTimeout = TimeSpan.FromSeconds(2);

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

    ValueTask IFrameHandler.OnFrameAsync(in Frame frame)
    {
        if (_lastServerError is not null)
            _lastServerError = null; // the connection has outlived it

        switch (frame.Kind)
        {
            case FrameKind.Message:
                return _subscriptions.Find(frame.SubscriptionId) is { } subscription ? subscription.Sink.OnMessageAsync(frame) : ValueTask.CompletedTask;
            case FrameKind.Ping:
                _outbox.WriteCommand("PONG\r\n"u8);
                break;
            case FrameKind.Pong:
                _pings.OnPong();
                break;
            case FrameKind.Info:
                OnInfo(NatsServerInfo.Parse(frame.Payload));
                break;
            case FrameKind.Error:
                string error = Encoding.UTF8.GetString(frame.Payload);
                _lastServerError = error;
                Log.ServerError(_logger, error);
                Raise(new NatsConnectionEvent(NatsConnectionEventKind.ServerError, new NatsServerException($"The server reports an error: '{error}'.")));
                break;
        }

        return ValueTask.CompletedTask;
    }

    private void OnInfo(NatsServerInfo info)
    {
        bool leaving = info.LameDuckMode && _serverInfo is { LameDuckMode: false };
        _serverInfo = info;
        if (_session is not { } session)
            return;
        _pool.Learn(info, session.Server);
        if (!leaving)
            return;
        Log.LameDuck(_logger, session.Server.ToString());
        Raise(new NatsConnectionEvent(NatsConnectionEventKind.LameDuck));
        session.LameDuck.TrySetResult();
    }

    // The owner: the only one who changes the state once the first connect has succeeded, apart from disposal, which waits for it.
    private async Task RunAsync(Session session)
    {
        int shortLived = 0;
        while (true)
        {
            (Exception reason, Session? next) = await RunSessionAsync(session).ConfigureAwait(false);
            Stop(session, reason);
            if (_closing.IsCancellationRequested)
            {
                next?.Dispose();
                return;
            }

            long since = _time.GetTimestamp();
            bool wasNone = !session.IsProven && _time.GetElapsedTime(session.OpenedAt, since) < ReconnectDelay.ShortLife;
            shortLived = wasNone ? shortLived + 1 : 0;
            Log.Disconnected(_logger, session.Server.ToString(), reason.Message);
            Raise(new NatsConnectionEvent(NatsConnectionEventKind.Disconnected, reason));
            try
            {
                session = next ?? await _dialer.ReconnectAsync(session.Server, since, shortLived, _closing.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e)
            {
                Log.Closed(_logger, e.Message);
                Close(e);
                return;
            }

            int expired = Start(session);
            Log.Reconnected(_logger, session.Server.ToString(), session.Info.VersionText, _time.GetElapsedTime(since).TotalSeconds, expired);
            Raise(new NatsConnectionEvent(NatsConnectionEventKind.Reconnected));
        }
    }

    /// <returns>Why the session ended, and the one that is open already in its place.</returns>
    private async Task<(Exception Reason, Session? Next)> RunSessionAsync(Session session)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
        Task<Exception> running = session.RunAsync(_outbox, this, KeepAliveAsync, stop.Token);
        Session? next = null;
        if (await Task.WhenAny(running, session.LameDuck.Task).ConfigureAwait(false) != running)
        {
            next = await _dialer.ConnectElsewhereAsync(session.Server, _closing.Token).ConfigureAwait(false);
            if (next is not null)
            {
                await LeaveAsync().ConfigureAwait(false);
                await stop.CancelAsync().ConfigureAwait(false);
            }
        }

        Exception reason = await running.ConfigureAwait(false);
        if (next is not null)
            reason = new NatsConnectionException($"The server is about to go (lame-duck mode); the connection moves to {next.Server}.");
        else if (_lastServerError is { } error)
            reason = new NatsConnectionException($"The server closed the connection: '{error}'.", reason);
        return (reason, next);
    }

    // Takes in what the old server has sent, and lets it have what was queued for it, before the new one takes over.
    private async Task LeaveAsync()
    {
        using var deadline = new CancellationTokenSource(MoveTimeout, _time);
        try
        {
            await _subscriptions.PauseAsync(deadline.Token).ConfigureAwait(false);
            _outbox.Pause();
            while (_outbox.IsSending && !deadline.IsCancellationRequested)
                await Task.Delay(TimeSpan.FromMilliseconds(1), _time, deadline.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is NatsException or OperationCanceledException)
        {
            // It went faster than it said.
        }
    }

    private int Start(Session session)
    {
        _session = session;
        _lastServerError = null;
        _serverInfo = session.Info;
        _pings.Open();
        int expired = _subscriptions.Restore();
        _state = NatsConnectionState.Connected;
        return expired;
    }

    private void Stop(Session session, Exception reason)
    {
        _state = NatsConnectionState.Reconnecting;
        session.Dispose();
        _outbox.Pause();
        _pings.Fail(new NatsConnectionException($"The connection to {session.Server} was lost: {reason.Message}", reason));
        _requests.OnDisconnected();
    }

    private void Close(Exception? reason)
    {
        if (_state == NatsConnectionState.Closed)
            return;
        _state = NatsConnectionState.Closed;
        _outbox.Close(reason ?? new NatsConnectionException("it was disposed."));
        _subscriptions.Close(reason);
        _requests.OnDisconnected();
        Raise(new NatsConnectionEvent(NatsConnectionEventKind.Closed, reason));
    }

    private async Task KeepAliveAsync(CancellationToken cancellationToken)
    {
        var unanswered = new Queue<Task>(); // its own: a flush may be on the way at any moment
        while (true)
        {
            await Task.Delay(_options.PingInterval, _time, cancellationToken).ConfigureAwait(false);
            while (unanswered.TryPeek(out Task? pong) && pong.IsCompleted)
                _ = unanswered.Dequeue();
            if (unanswered.Count >= _options.MaxPingsOut)
                throw new NatsConnectionException($"The server left {_options.MaxPingsOut} PINGs unanswered.");
            unanswered.Enqueue(_pings.PingAsync());
        }
    }

    private void Raise(NatsConnectionEvent change)
    {
        try
        {
            Changed?.Invoke(change);
        }
        catch (Exception e)
        {
            Log.EventHandlerFailed(_logger, e);
        }
    }
}
