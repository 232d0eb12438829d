using Nats.Consumer.Client;

namespace Nats.Consumer.JetStream;

/// <summary>One fetch under way: what has come, what is still to come, and until when.</summary>
internal sealed class FetchRequest : IPullListener
{
    // What the server itself needs to say that the time is over.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AskAgainPause = TimeSpan.FromMilliseconds(250);

    private readonly ReadingTools _tools;
    private readonly MessageAcks _acks;
    private readonly PullInbox _inbox;
    private readonly ReadQueue _queue;
    private readonly long _started;
    private long _pull;
    private int _arrived;
    private bool _isPulling;
    private long _bytes;

    public FetchRequest(ReadingTools tools, MessageAcks acks, FetchOptions options)
    {
        (_tools, _acks, Options) = (tools, acks, options);
        _inbox = new PullInbox(tools, acks, this);
        _queue = new ReadQueue(tools.Time);
        _started = tools.Time.GetTimestamp();
    }

    public FetchOptions Options { get; }

    /// <summary>How many messages have been taken.</summary>
    public int Received { get; private set; }

    /// <summary>Whether all has come that was asked for.</summary>
    public bool IsDone => Received >= Options.MaxMessages;

    private TimeSpan Left => (Options.NoWait ? _tools.Api.Timeout : Options.Expires) - _tools.Time.GetElapsedTime(_started);

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        await _inbox.OpenAsync(cancellationToken).ConfigureAwait(false);
        await AskAsync().ConfigureAwait(false);
    }

    /// <returns>What has happened; <see langword="null"/> when the time is over.</returns>
    public async ValueTask<ReadEvent?> NextAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (true)
        {
            if (_queue.TryRead(out ReadEvent next))
            {
                if (next.Message is { } message)
                {
                    Received++;
                    _bytes += message.Size;
                }
                else if (next.Kind == ReadEventKind.Ended && next.Pull != _pull)
                {
                    continue; // of one before
                }

                _isPulling &= next.Kind == ReadEventKind.Message && !IsDone;
                return next;
            }

            TimeSpan left = Left + Grace;
            if (left <= TimeSpan.Zero || !await _queue.WaitAsync(left, cancellationToken).ConfigureAwait(false))
                return null;
        }
    }

    /// <summary>Asks for what has not come yet.</summary>
    /// <param name="inAMoment">Not at once, because the server has just refused.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async ValueTask AskAgainAsync(bool inAMoment, CancellationToken cancellationToken)
    {
        if (Left <= TimeSpan.Zero)
            return;
        if (inAMoment)
            await Task.Delay(AskAgainPause, _tools.Time, cancellationToken).ConfigureAwait(false);
        await AskAsync().ConfigureAwait(false);
    }

    /// <summary>What has been delivered and not been taken is given back to the server, for somebody else to get at once.</summary>
    public async ValueTask CloseAsync()
    {
        await _inbox.CloseAsync(takesIn: _isPulling && !_acks.AcksNothing).ConfigureAwait(false);
        await HandBack.SendAsync(_tools, _acks, _queue.TakeMessages()).ConfigureAwait(false);
    }

    void IPullListener.OnMessage(JetStreamMessage message)
    {
        Interlocked.Increment(ref _arrived);
        _queue.Add(new ReadEvent(ReadEventKind.Message, message));
    }

    void IPullListener.OnEnded(long pull, NatsStatus status, int? pending, long pendingBytes) => _queue.Add(new ReadEvent(ReadEventKind.Ended, Pull: pull, Status: status));

    void IPullListener.OnReconnected() => _queue.Add(new ReadEvent(ReadEventKind.Reconnected));

    void IPullListener.OnClosed() => _queue.Add(new ReadEvent(ReadEventKind.Closed));

    private async ValueTask AskAsync()
    {
        int messages = Options.MaxMessages - Volatile.Read(ref _arrived);
        long bytes = Options.MaxBytes is { } most ? Math.Max(1, most - _bytes) : 0;
        TimeSpan left = Left;
        if (messages <= 0 || left <= TimeSpan.Zero || _tools.Connection.State != NatsConnectionState.Connected)
            return; // after a reconnect it is asked for anew
        TimeSpan expires = Options.NoWait ? TimeSpan.Zero : left;
        TimeSpan heartbeat = expires >= PullCommand.Heartbeat * 2 ? PullCommand.Heartbeat : TimeSpan.Zero;
        byte[] inbox = _inbox.NewPull(out _pull);
        _isPulling = true;
        await new PullTerms(_acks.Stream, _acks.Consumer, expires, heartbeat, Options.Group).SendAsync(_tools.Connection, inbox, new PullRequest(messages, bytes)).ConfigureAwait(false);
    }
}
