using Nats.Consumer.Client.Connecting;

namespace Nats.Consumer.Client;

/// <content>The life of the connection, from session to session.</content>
public sealed partial class NatsConnection
{
    private static readonly TimeSpan MoveTimeout = TimeSpan.FromSeconds(2);

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
