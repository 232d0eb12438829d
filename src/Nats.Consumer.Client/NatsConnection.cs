using System.Net.Sockets;
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
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    private readonly NatsConnectionOptions _options;
    private readonly IReadOnlyList<ServerAddress> _servers;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly Random _random = new();
    private readonly Outbox _outbox;
    private readonly PingQueue _pings;
    private readonly SubscriptionTable _subscriptions;
    private readonly RequestMultiplexer _requests;
    private readonly CancellationTokenSource _closing = new();
    private readonly SemaphoreSlim _connecting = new(1, 1);
    private readonly string _inbox;
    private long _lastInbox;
    private volatile NatsConnectionState _state;
    private volatile NatsServerInfo? _serverInfo;
    private volatile string? _lastServerError;
    private Task _owner = Task.CompletedTask;

    /// <summary>Creates a connection; <see cref="ConnectAsync"/> opens it.</summary>
    /// <exception cref="ArgumentException">An option is out of its range, or the URL cannot be read.</exception>
    public NatsConnection(NatsConnectionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _servers = ServerAddress.ParseList(options.Url);
        _time = options.TimeProvider;
        _logger = options.LoggerFactory.CreateLogger("Nats.Consumer.Client");
        _outbox = new Outbox(options.MaxPendingBytes, options.OutageTimeout, _time);
        _pings = new PingQueue(_outbox);
        _subscriptions = new SubscriptionTable(_outbox, _pings);
        _inbox = $"{options.InboxPrefix}.{UniqueId.New()}";
        _requests = new RequestMultiplexer(this, $"{_inbox}R", _time);
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
        try
        {
            ObjectDisposedException.ThrowIf(_state == NatsConnectionState.Closed, this);
            if (_state is NatsConnectionState.Connected or NatsConnectionState.Reconnecting)
                return;
            _state = NatsConnectionState.Connecting;
            Session session = await OpenAnyAsync(cancellationToken).ConfigureAwait(false);
            Start(session);
            Log.Connected(_logger, session.Server.ToString(), session.Info.VersionText);
            Raise(new NatsConnectionEvent(NatsConnectionEventKind.Connected));
            _owner = Task.Run(() => RunAsync(session), CancellationToken.None);
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
        WireSubject.ThrowIfUnsafe(message.Subject, "subject");
        if (!message.ReplyTo.IsEmpty)
            WireSubject.ThrowIfUnsafe(message.ReplyTo, "reply subject");
        if (_serverInfo is { } server)
        {
            long size = message.Payload.Length + (message.Headers is null ? 0L : HeaderBlock.Length(message.Headers));
            if (size > server.MaxPayload)
                throw new NatsPayloadTooLargeException(size, server.MaxPayload);
        }

        return _outbox.PublishAsync(message, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<NatsReply> RequestAsync(in OutgoingMessage request, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero);
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

    /// <summary>Sends what is queued, for 2 seconds at the longest, and closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        await _connecting.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_state == NatsConnectionState.Closed)
                return;
            if (_state == NatsConnectionState.Connected)
                await _pings.PingAsync().WaitAsync(CloseTimeout, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
        switch (frame.Kind)
        {
            case FrameKind.Message:
                return Deliver(frame);
            case FrameKind.Ping:
                _outbox.WriteCommand("PONG\r\n"u8);
                break;
            case FrameKind.Pong:
                _pings.OnPong();
                break;
            case FrameKind.Info:
                _serverInfo = NatsServerInfo.Parse(frame.Payload);
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

    private ValueTask Deliver(in Frame frame)
    {
        if (_subscriptions.Find(frame.SubscriptionId) is not { } subscription)
            return ValueTask.CompletedTask;
        try
        {
            ValueTask taken = subscription.Sink.OnMessageAsync(new ReceivedMessage(frame.Subject, frame.ReplyTo, frame.Headers, frame.Payload));
            return taken.IsCompletedSuccessfully ? taken : WaitForSinkAsync(taken);
        }
        catch (Exception e)
        {
            Log.SinkFailed(_logger, e);
            return ValueTask.CompletedTask;
        }
    }

    private async ValueTask WaitForSinkAsync(ValueTask taken)
    {
        try
        {
            await taken.ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Log.SinkFailed(_logger, e);
        }
    }

    // The owner: the only one who changes the state once the first connect has succeeded, apart from disposal, which waits for it.
    private async Task RunAsync(Session session)
    {
        while (true)
        {
            _lastServerError = null;
            Exception reason = await session.RunAsync(_outbox, this, KeepAliveAsync, _closing.Token).ConfigureAwait(false);
            if (_lastServerError is { } error)
                reason = new NatsConnectionException($"The server closed the connection: '{error}'.", reason);
            Stop(session, reason);
            if (_closing.IsCancellationRequested)
                return;

            long since = _time.GetTimestamp();
            Log.Disconnected(_logger, session.Server.ToString(), reason.Message);
            Raise(new NatsConnectionEvent(NatsConnectionEventKind.Disconnected, reason));
            try
            {
                session = await ReconnectAsync(since).ConfigureAwait(false);
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

    private int Start(Session session)
    {
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

    private async Task<Session> ReconnectAsync(long since)
    {
        string? lastRefusal = null;
        while (true)
        {
            try
            {
                return await OpenAnyAsync(_closing.Token).ConfigureAwait(false);
            }
            catch (NatsConnectException e)
            {
                lastRefusal = null;
                Log.CannotReconnect(_logger, e.Message);
            }
            catch (NatsAuthenticationException e) when (e.Message != lastRefusal)
            {
                // Once may be a server that is still starting; the same refusal twice is an answer.
                lastRefusal = e.Message;
                Log.CannotReconnect(_logger, e.Message);
            }

            TimeSpan delay = ReconnectDelay.For(_time.GetElapsedTime(since), _options.MaxReconnectDelay, _random.NextDouble());
            await Task.Delay(delay, _time, _closing.Token).ConfigureAwait(false);
        }
    }

    private async Task<Session> OpenAnyAsync(CancellationToken cancellationToken)
    {
        var failures = new List<string>();
        foreach (ServerAddress server in _servers)
        {
            try
            {
                return await Session.OpenAsync(server, _options, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is SocketException or IOException or TimeoutException or NatsException and not (NatsAuthenticationException or NatsConnectException))
            {
                failures.Add($"{server}: {e.Message.TrimEnd('.')}");
            }
        }

        throw new NatsConnectException($"No NATS server could be reached ({string.Join("; ", failures)}).");
    }

    private async Task KeepAliveAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(_options.PingInterval, _time, cancellationToken).ConfigureAwait(false);
            if (_pings.Count >= _options.MaxPingsOut)
                throw new NatsConnectionException($"The server left {_options.MaxPingsOut} PINGs unanswered.");
            _ = _pings.PingAsync();
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
