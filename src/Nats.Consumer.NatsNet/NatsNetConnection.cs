using System.Text;
using Microsoft.Extensions.Logging;
using Nats.Consumer.Client;
using Nats.Consumer.Client.Connecting;
using Nats.Consumer.Client.Requests;
using Nats.Consumer.Client.Wire;
using Nats.Consumer.NatsNet.Publishing;
using Nats.Consumer.NatsNet.Subscribing;
using Nats.Consumer.NatsNet.Translation;
using Core = NATS.Client.Core;
using SubscriptionTable = Nats.Consumer.NatsNet.Subscribing.SubscriptionTable;

namespace Nats.Consumer.NatsNet;

/// <summary>
/// A connection of NATS.Net as an <see cref="INatsConnection"/>. NATS.Net is the transport: sockets, TLS, credentials, reconnects; requests, slow sinks and JetStream are done as on any other connection.
/// </summary>
/// <remarks>
/// The connection stays the application's: it is opened if need be and never disposed here. Disposing the adapter ends its subscriptions and its part in the connection's events.
/// What differs from the built-in client is listed in docs/natsnet.md.
/// </remarks>
public sealed class NatsNetConnection : INatsConnection
{
    private readonly Core.INatsConnection _connection;
    private readonly NatsNetOptions _options;
    private readonly ILogger _logger;
    private readonly ServerFacts _server;
    private readonly Courier _courier;
    private readonly OutageQueue _outage;
    private readonly SubscriptionTable _subscriptions;
    private readonly RequestMultiplexer _requests;
    private readonly SinkSubscription _replies;
    private readonly ConnectionNews _news;
    private readonly CancellationTokenSource _closing = new();
    private readonly SemaphoreSlim _connecting = new(1, 1);
    private readonly string _inbox;
    private long _lastInbox;
    private volatile NatsConnectionState _state;
    private Task _owner = Task.CompletedTask;

    /// <summary>Creates an adapter; <see cref="ConnectAsync"/> opens the connection if it is not open yet.</summary>
    /// <param name="connection">The application's connection.</param>
    /// <param name="options">What is not as usual.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public NatsNetConnection(Core.INatsConnection connection, NatsNetOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        _connection = connection;
        _options = options ?? new NatsNetOptions();
        _options.Validate();
        _logger = _options.LoggerFactory.CreateLogger("Nats.Consumer.NatsNet");
        _news = new ConnectionNews(connection, _logger);
        _server = new ServerFacts(connection);
        _courier = new Courier(connection);
        _outage = new OutageQueue(connection, _courier, _options, _logger);
        _subscriptions = new SubscriptionTable(reason => _news.Tell(NatsConnectionEventKind.Closed, reason));
        _inbox = $"{connection.Opts.InboxPrefix}.{UniqueId.New()}"; // not NATS.Net's own inbox, below which it subscribes to nothing and looks at subjects instead
        _requests = new RequestMultiplexer(this, (_, _) => _replies!, $"{_inbox}R", _options.TimeProvider);
        _replies = Create($"{_inbox}R.*", _requests, queueGroup: null);
    }

    /// <inheritdoc/>
    public event Action<NatsConnectionEvent>? Changed;

    /// <inheritdoc/>
    /// <remarks>NATS.Net tells of a disconnect a moment after it has noticed it.</remarks>
    public NatsConnectionState State =>
        _state == NatsConnectionState.Connected && _connection.ConnectionState != Core.NatsConnectionState.Open ? NatsConnectionState.Reconnecting : _state;

    /// <inheritdoc/>
    public NatsServerInfo? ServerInfo => _server.Current;

    /// <inheritdoc/>
    public async ValueTask ConnectAsync(CancellationToken cancellationToken = default)
    {
        await _connecting.WaitAsync(cancellationToken).ConfigureAwait(false);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        try
        {
            ObjectDisposedException.ThrowIf(_state == NatsConnectionState.Closed || _closing.IsCancellationRequested, this);
            if (_state is NatsConnectionState.Connected or NatsConnectionState.Reconnecting)
                return;
            _state = NatsConnectionState.Connecting;
            _news.Listen();
            await OpenAsync(giveUp.Token).ConfigureAwait(false);
            _subscriptions.Add(_replies);
            await AddAsync(_replies, giveUp.Token).ConfigureAwait(false);
            await _outage.EndAsync().ConfigureAwait(false);
            _state = NatsConnectionState.Connected;
            Log.Connected(_logger, ServerInfo!.VersionText);
            Raise(new NatsConnectionEvent(NatsConnectionEventKind.Connected));
            _owner = Task.Run(RunAsync, CancellationToken.None);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ObjectDisposedException(GetType().FullName);
        }
        finally
        {
            if (_state == NatsConnectionState.Connecting)
            {
                _news.Ignore();
                _state = NatsConnectionState.New;
            }

            _connecting.Release();
        }
    }

    /// <inheritdoc/>
    public string NewInbox() => $"{_inbox}.{Interlocked.Increment(ref _lastInbox)}";

    /// <inheritdoc/>
    public ValueTask PublishAsync(in OutgoingMessage message, CancellationToken cancellationToken = default)
    {
        OutgoingRules.Check(message, _server.Current);
        string subject = Encoding.UTF8.GetString(message.Subject);
        string? replyTo = message.ReplyTo.IsEmpty ? null : Encoding.UTF8.GetString(message.ReplyTo);
        Core.NatsHeaders? headers = Headers.Of(message.Headers, _connection.Opts.HeaderEncoding);
        return _outage.IsOpen
            ? _courier.SendAsync(subject, replyTo, headers, message.Payload, cancellationToken)
            : _outage.AddAsync(
                new Waiting(subject, replyTo, headers, message.Payload.ToArray(), _outage.ExpiresAt(message.TimeToSend), message.DropOnDisconnect), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<NatsReply> RequestAsync(in OutgoingMessage request, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(timeout, NatsConnectionOptions.LongestTime);
        return _requests.RequestAsync(request, timeout, cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>While NATS.Net is not connected the task waits for it, for <see cref="NatsNetOptions.OutageTimeout"/> at the longest.</remarks>
    public async ValueTask<INatsSubscription> SubscribeAsync(
        string subject, INatsMessageSink sink, string? queueGroup = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sink);
        WireSubject.ThrowIfUnsafe(subject, "subject");
        if (queueGroup is not null)
            WireSubject.ThrowIfUnsafe(queueGroup, "queue group");
        cancellationToken.ThrowIfCancellationRequested();
        SinkSubscription subscription = Create(subject, sink, queueGroup);
        _subscriptions.Add(subscription);
        try
        {
            await AddAsync(subscription, cancellationToken).ConfigureAwait(false);
            return subscription;
        }
        catch (Exception e)
        {
            await subscription.CloseAsync(e).ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask FlushAsync(CancellationToken cancellationToken = default)
    {
        if (_state != NatsConnectionState.Connected || !_outage.IsOpen)
            throw new NatsConnectionException("The connection is not open.");
        try
        {
            await _connection.PingAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw Errors.Of(e);
        }
    }

    /// <summary>
    /// Ends all subscriptions of the adapter without losing what is on the way, waits until the server has handled all that was sent, and disposes the adapter. NATS.Net's connection stays open.
    /// </summary>
    /// <exception cref="NatsConnectionException">The connection was lost meanwhile. The adapter is closed all the same.</exception>
    /// <exception cref="OperationCanceledException">It took too long. The adapter is closed all the same.</exception>
    public async ValueTask DrainAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            if (_state is NatsConnectionState.Connected or NatsConnectionState.Reconnecting)
            {
                await Task.WhenAll(_subscriptions.All.Except([_replies]).Select(subscription => ((INatsSubscription)subscription).DrainAsync(cancellationToken).AsTask())).ConfigureAwait(false);
                await FlushAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            await DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Ends the subscriptions of the adapter. NATS.Net's connection stays open, and sends what it was given.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await _connecting.WaitAsync().ConfigureAwait(false);
        try
        {
            await _owner.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await CloseAsync(null).ConfigureAwait(false);
        }
        finally
        {
            _connecting.Release();
        }
    }

    // The owner: the only one who changes the state once the first connect has succeeded, apart from disposal, which waits for it. It waits for NATS.Net after each disconnect, so a
    // reconnect is told of once, whatever became of the first connect's event.
    private async Task RunAsync()
    {
        bool isLeaving = false;
        try
        {
            await foreach (NatsConnectionEvent change in _news.ReadAllAsync(_closing.Token).ConfigureAwait(false))
            {
                if (change.Kind == NatsConnectionEventKind.Closed)
                {
                    await CloseAsync(change.Error).ConfigureAwait(false);
                    return;
                }

                if (change.Kind == NatsConnectionEventKind.Disconnected)
                    await ReconnectAsync(change).ConfigureAwait(false);
                else if (change.Kind != NatsConnectionEventKind.LameDuck || !isLeaving) // told of with each INFO of such a server
                    Raise(change);
                isLeaving = change.Kind == NatsConnectionEventKind.LameDuck || (isLeaving && change.Kind != NatsConnectionEventKind.Disconnected);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
        catch (Exception e)
        {
            // Nobody would see to the connection any more: whoever uses it is to know.
            await CloseAsync(e).ConfigureAwait(false);
        }
    }

    private async Task ReconnectAsync(NatsConnectionEvent change)
    {
        long since = _options.TimeProvider.GetTimestamp();
        _state = NatsConnectionState.Reconnecting;
        _outage.Begin();
        _requests.OnDisconnected();
        Raise(change);
        await OpenAsync(_closing.Token).ConfigureAwait(false);
        int expired = await _outage.EndAsync().ConfigureAwait(false);
        _state = NatsConnectionState.Connected;
        Log.Reconnected(_logger, ServerInfo!.VersionText, _options.TimeProvider.GetElapsedTime(since).TotalSeconds, expired);
        Raise(new NatsConnectionEvent(NatsConnectionEventKind.Reconnected));
    }

    /// <summary>Connects, or waits until NATS.Net has reconnected, or has given up: there is no event for that.</summary>
    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _connection.ConnectAsync().AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw Errors.OfConnecting(e);
        }
    }

    private async Task CloseAsync(Exception? reason)
    {
        if (_state == NatsConnectionState.Closed)
            return;
        _state = NatsConnectionState.Closed;
        _news.Ignore();
        if (reason is not null)
            Log.Closed(_logger, reason.Message);
        _outage.Refuse(reason ?? new NatsConnectionException("it was disposed."));
        foreach (SinkSubscription subscription in _subscriptions.All)
            await subscription.CloseAsync(reason).ConfigureAwait(false);
        _requests.OnDisconnected();
        Raise(new NatsConnectionEvent(NatsConnectionEventKind.Closed, reason));
    }

    private SinkSubscription Create(string subject, INatsMessageSink sink, string? queueGroup) => new(
        _connection, subject, queueGroup, new SinkQueue(sink, _options.MaxSinkPendingBytes, error => Log.SinkFailed(_logger, error)), _subscriptions);

    private async ValueTask AddAsync(SinkSubscription subscription, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(_options.OutageTimeout, _options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token, _closing.Token);
        try
        {
            if (_state == NatsConnectionState.Closed)
                throw new NatsConnectionException("The connection is closed.");
            await _connection.AddSubAsync(subscription, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new NatsConnectionException($"The connection has been away for {_options.OutageTimeout.TotalSeconds:0.#} s; nothing was subscribed.", e);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw Errors.Of(e);
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
