using Nats.Consumer.Client;

namespace Nats.Consumer.JetStream;

/// <summary>
/// Keeps a window of messages requested and buffered. As long as it can it asks again by itself; what only its owner can decide comes out between the messages. The buffer is what the owner has not
/// taken yet, so an owner that is slow is not overrun.
/// </summary>
internal sealed class PullReader : IPullListener
{
    private readonly ReadingTools _tools;
    private readonly MessageAcks _acks;
    private readonly PullTerms _terms;
    private readonly PullWindow _window;
    private readonly bool _survivesReconnect;
    private readonly PullInbox _inbox;
    private readonly ReadQueue _queue;
    private volatile bool _stopped;

    /// <param name="tools">The connection and its companions.</param>
    /// <param name="acks">How the messages are settled.</param>
    /// <param name="terms">How to ask.</param>
    /// <param name="window">How much to keep requested and buffered.</param>
    /// <param name="survivesReconnect">Whether it asks anew after a reconnect, rather than tell of it.</param>
    public PullReader(ReadingTools tools, MessageAcks acks, PullTerms terms, PullWindow window, bool survivesReconnect)
    {
        (_tools, _acks, _terms, _window, _survivesReconnect) = (tools, acks, terms, window, survivesReconnect);
        _inbox = new PullInbox(tools, acks, this);
        _queue = new ReadQueue(tools.Time);
    }

    /// <inheritdoc cref="PullInbox.Delivered"/>
    public ulong Delivered => _inbox.Delivered;

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        await _inbox.OpenAsync(cancellationToken).ConfigureAwait(false);
        Pull();
    }

    /// <summary>The next message, or what has happened instead.</summary>
    /// <param name="patience">How long to wait before it is told that nothing comes.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async ValueTask<ReadEvent> NextAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (true)
        {
            if (_queue.TryRead(out ReadEvent next))
            {
                if (next.Message is { } message)
                {
                    _window.Taken(message.Size);
                    Pull();
                }

                return next;
            }

            if (await _queue.WaitAsync(patience, cancellationToken).ConfigureAwait(false))
                continue;
            bool isConnected = _tools.Connection.State == NatsConnectionState.Connected;
            if (isConnected && _window.Requested > 0 && _inbox.SinceSign > _terms.Heartbeat * 2)
                return new ReadEvent(ReadEventKind.Silent);
            if (isConnected)
                return new ReadEvent(ReadEventKind.Idle);
        }
    }

    /// <summary>Forgets what was asked for and asks anew.</summary>
    public void PullAnew()
    {
        _inbox.Sign();
        _window.Reset();
        Pull();
    }

    /// <summary>Stops asking.</summary>
    /// <param name="handsBack">Whether what was delivered and not taken is given back to the server, for somebody else to get at once.</param>
    public async ValueTask CloseAsync(bool handsBack)
    {
        _stopped = true;
        await _inbox.CloseAsync(takesIn: handsBack).ConfigureAwait(false);
        if (handsBack)
            await HandBack.SendAsync(_tools, _acks, _queue.TakeMessages()).ConfigureAwait(false);
    }

    void IPullListener.OnMessage(JetStreamMessage message)
    {
        _window.Received(message.Size);
        _queue.Add(new ReadEvent(ReadEventKind.Message, message));
    }

    void IPullListener.OnEnded(long pull, NatsStatus status, int? pending, long pendingBytes)
    {
        if (pending is { } left)
            _window.Returned(left, pendingBytes);
        else
            _window.Reset(); // it does not say how much: better to ask twice than not at all
        PullReaction reaction = PullStatus.ReactionTo(status);
        if (reaction == PullReaction.TooLarge)
            _window.Exceeded();
        if (reaction is PullReaction.PullAgain or PullReaction.TooLarge)
            Pull();
        else
            _queue.Add(new ReadEvent(ReadEventKind.Ended, Pull: pull, Status: status));
    }

    void IPullListener.OnReconnected()
    {
        if (_survivesReconnect)
            PullAnew();
        else
            _queue.Add(new ReadEvent(ReadEventKind.Reconnected));
    }

    void IPullListener.OnClosed() => _queue.Add(new ReadEvent(ReadEventKind.Closed));

    private void Pull()
    {
        if (_stopped || _tools.Connection.State != NatsConnectionState.Connected)
            return; // after a reconnect everything is asked for anew
        PullRequest wanted = _window.Refill();
        if (wanted.Batch == 0)
            return;
        try
        {
            ValueTask sent = _terms.SendAsync(_tools.Connection, _inbox.NewPull(out _), wanted);
            if (!sent.IsCompletedSuccessfully)
                _ = ReportAsync(sent);
        }
        catch (NatsConnectionException)
        {
            // Closed for good, which is told.
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
            _queue.Add(new ReadEvent(ReadEventKind.Ended, Status: new NatsStatus(0, e.Message)));
        }
    }
}
