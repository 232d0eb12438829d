using Microsoft.Extensions.Logging;
using Nats.Consumer.Client;
using Nats.Consumer.Client.Connecting;
using Nats.Consumer.Client.Requests;
using Nats.Consumer.Client.Wire;
using Nats.Consumer.InMemory.Broker;

namespace Nats.Consumer.InMemory.Connections;

/// <summary>A connection to an in-memory server. It behaves as one over TCP, with the same code for requests and for sinks that do not keep up.</summary>
internal sealed class InMemoryConnection : INatsConnection
{
    private const int MaxSinkPendingBytes = 16 * 1024 * 1024;

    private readonly MessageBroker _broker;
    private readonly IServerState _server;
    private readonly ILogger _logger;
    private readonly string _inbox;
    private readonly RequestMultiplexer _requests;
    private readonly List<ClientSubscription> _subscriptions = [];
    private readonly Inbound _inbound;
    private readonly Outbound _outbound = new();
    private long _lastInbox;
    private volatile NatsConnectionState _state;

    public InMemoryConnection(MessageBroker broker, IServerState server, ulong id, TimeProvider time, ILogger logger)
    {
        _broker = broker;
        _server = server;
        _logger = logger;
        _inbox = $"_INBOX.{server.Info.ServerName}{id}";
        _inbound = new Inbound(Raise);
        _requests = new RequestMultiplexer(this, (subject, sink) => Subscribe(subject, sink, null), $"{_inbox}R", time);
        Id = id;
    }

    public event Action<NatsConnectionEvent>? Changed;

    public ulong Id { get; }

    public NatsConnectionState State => _state;

    public NatsServerInfo? ServerInfo { get; private set; }

    /// <summary>Whether all that it received has been handed over.</summary>
    public bool IsIdle => _inbound.IsIdle;

    public ValueTask ConnectAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using (MessageBroker.Turn turn = _broker.Begin())
        {
            ObjectDisposedException.ThrowIf(_state == NatsConnectionState.Closed, this);
            if (_state != NatsConnectionState.New)
                return ValueTask.CompletedTask;
            if (_server.IsAway)
                throw new NatsConnectException($"No NATS server could be reached (memory://{_server.Info.ServerName}: the in-memory server was told to be away).");
            Open();
        }

        Raise(new NatsConnectionEvent(NatsConnectionEventKind.Connected));
        return ValueTask.CompletedTask;
    }

    public string NewInbox() => $"{_inbox}.{Interlocked.Increment(ref _lastInbox)}";

    public ValueTask PublishAsync(in OutgoingMessage message, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        OutgoingRules.Check(message, _server.Info);
        byte[] headers = Outbound.HeadersOf(message);

        using MessageBroker.Turn turn = _broker.Begin();
        if (_state == NatsConnectionState.Closed)
            throw new NatsConnectionException("The connection is closed.");
        if (_state == NatsConnectionState.Connected)
            Send(new Routed(message.Subject, message.ReplyTo, headers, message.Payload));
        else
            _outbound.Add(message, _broker.Now);
        return ValueTask.CompletedTask;
    }

    public ValueTask<NatsReply> RequestAsync(in OutgoingMessage request, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(timeout, NatsConnectionOptions.LongestTime);
        return _requests.RequestAsync(request, timeout, cancellationToken);
    }

    public ValueTask<INatsSubscription> SubscribeAsync(
        string subject, INatsMessageSink sink, string? queueGroup = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<INatsSubscription>(Subscribe(subject, sink, queueGroup));
    }

    public async ValueTask FlushAsync(CancellationToken cancellationToken = default) => await FenceAsync().WaitAsync(cancellationToken).ConfigureAwait(false);

    public async ValueTask DrainAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            if (_state == NatsConnectionState.Connected)
            {
                ClientSubscription[] all = TakeInterest();
                await FenceAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
                await Task.WhenAll(all.Select(subscription => subscription.Sink.WhenIdleAsync())).WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            await DisposeAsync().ConfigureAwait(false);
        }
    }

    public ValueTask DisposeAsync()
    {
        Close();
        return ValueTask.CompletedTask;
    }

    /// <summary>Ends it for good.</summary>
    public void Close()
    {
        ClientSubscription[] closed;
        using (MessageBroker.Turn turn = _broker.Begin())
        {
            if (_state == NatsConnectionState.Closed)
                return;
            if (_state == NatsConnectionState.Connected)
                _subscriptions.ForEach(_broker.Remove);
            _state = NatsConnectionState.Closed;
            closed = [.. _subscriptions];
            _subscriptions.Clear();
            _inbound.Lose(new NatsConnectionException("The connection was closed."));
            _server.Forget(this);
        }

        foreach (ClientSubscription subscription in closed)
            subscription.Sink.Close(null);
        _requests.OnDisconnected();
        Raise(new NatsConnectionEvent(NatsConnectionEventKind.Closed));
    }

    /// <summary>Something has arrived. Called under the broker's lock.</summary>
    public void Enqueue(in Arrival arrival)
    {
        if (_inbound.Add(arrival))
            _broker.WakeAfterTurn(_inbound);
    }

    public async ValueTask DrainAsync(ClientSubscription subscription, CancellationToken cancellationToken)
    {
        using (MessageBroker.Turn turn = _broker.Begin())
        {
            if (!_subscriptions.Remove(subscription))
                return;
            if (_state == NatsConnectionState.Connected)
                _broker.Remove(subscription);
        }

        try
        {
            await FenceAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
            await subscription.Sink.WhenIdleAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            subscription.Sink.Close(null);
        }
    }

    public void Remove(ClientSubscription subscription)
    {
        using (MessageBroker.Turn turn = _broker.Begin())
        {
            if (!_subscriptions.Remove(subscription))
                return;
            if (_state == NatsConnectionState.Connected)
                _broker.Remove(subscription);
        }

        subscription.Sink.Close(null);
    }

    /// <summary>The connection is cut: what is on its way is lost. Called under the broker's lock.</summary>
    public void Lose()
    {
        if (_state != NatsConnectionState.Connected)
            return;
        _state = NatsConnectionState.Reconnecting;
        var reason = new NatsConnectionException($"The connection to the in-memory server '{_server.Info.ServerName}' was cut.");
        _subscriptions.ForEach(_broker.Remove);
        _inbound.Lose(reason);
        Enqueue(new Arrival(new NatsConnectionEvent(NatsConnectionEventKind.Disconnected, reason)));
        _broker.Later(_requests.OnDisconnected);
    }

    /// <summary>The connection is back: subscriptions first, then what was published meanwhile. Called under the broker's lock.</summary>
    public void Restore()
    {
        if (_state != NatsConnectionState.Reconnecting)
            return;
        Open();
        Enqueue(new Arrival(new NatsConnectionEvent(NatsConnectionEventKind.Reconnected)));
    }

    private void Open()
    {
        _state = NatsConnectionState.Connected;
        ServerInfo = _server.Info with { ClientId = Id };
        _subscriptions.ForEach(_broker.Add);
        while (_outbound.TryTake(_broker.Now, out Envelope message))
            Send(new Routed(message.Subject, message));
    }

    private void Send(Routed message)
    {
        if (!_server.Accept(this, ref message) && !message.ReplyTo.IsEmpty)
            _broker.SendNoResponders(message.Target, message.ReplyTo);
    }

    private ClientSubscription Subscribe(string subject, INatsMessageSink sink, string? queueGroup)
    {
        ArgumentNullException.ThrowIfNull(sink);
        WireSubject.ThrowIfUnsafe(subject, "subject");
        if (queueGroup is not null)
            WireSubject.ThrowIfUnsafe(queueGroup, "queue group");
        Pattern pattern = Pattern.TryParse(subject)
            ?? throw new ArgumentException($"'{subject}' is no subject to subscribe to: it has an empty token, or '>' before the end.", nameof(subject));
        var subscription = new ClientSubscription(
            this, pattern, queueGroup, new SinkQueue(sink, MaxSinkPendingBytes, error => Log.SinkFailed(_logger, error)));
        using MessageBroker.Turn turn = _broker.Begin();
        if (_state == NatsConnectionState.Closed)
            throw new NatsConnectionException("The connection is closed.");
        _subscriptions.Add(subscription);
        if (_state == NatsConnectionState.Connected)
            _broker.Add(subscription);
        return subscription;
    }

    private Task FenceAsync()
    {
        var fence = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using MessageBroker.Turn turn = _broker.Begin();
        if (_state == NatsConnectionState.Connected)
            Enqueue(new Arrival(fence));
        else
            fence.SetException(new NatsConnectionException("The connection is not open."));
        return fence.Task;
    }

    private ClientSubscription[] TakeInterest()
    {
        using MessageBroker.Turn turn = _broker.Begin();
        _subscriptions.ForEach(_broker.Remove);
        return [.. _subscriptions];
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
