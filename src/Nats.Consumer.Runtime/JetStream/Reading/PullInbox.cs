using System.Buffers.Text;
using System.Text;
using Nats.Consumer.Client;

namespace Nats.Consumer.JetStream;

/// <summary>What a pull inbox tells, on the connection's receive loop.</summary>
internal interface IPullListener
{
    void OnMessage(JetStreamMessage message);

    /// <param name="pull">The number of the pull that the server has ended.</param>
    /// <param name="status">How.</param>
    /// <param name="pending">How many of its messages had not come; <see langword="null"/> when the server does not say.</param>
    /// <param name="pendingBytes">How many of its bytes were left.</param>
    void OnEnded(long pull, NatsStatus status, int? pending, long pendingBytes);

    void OnReconnected();

    void OnClosed();
}

/// <summary>Takes in what pulls bring. Each pull has a reply subject of its own, so that its end is told from that of another.</summary>
internal sealed class PullInbox(ReadingTools tools, MessageAcks acks, IPullListener listener) : INatsMessageSink
{
    private readonly string _inbox = tools.Connection.NewInbox();
    private byte[] _prefix = [];
    private INatsSubscription? _subscription;
    private long _lastPull;
    private long _lastSign;
    private ulong _delivered;

    /// <summary>How long ago the server gave a sign of life.</summary>
    public TimeSpan SinceSign => tools.Time.GetElapsedTime(Volatile.Read(ref _lastSign));

    /// <summary>The number of the consumer's last delivery, as the last heartbeat says. What came before the heartbeat was handed on before it.</summary>
    public ulong Delivered => Volatile.Read(ref _delivered);

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        _prefix = Encoding.UTF8.GetBytes($"{_inbox}.");
        Sign();
        _subscription = await tools.Connection.SubscribeAsync($"{_inbox}.*", this, cancellationToken: cancellationToken).ConfigureAwait(false);
        tools.Connection.Changed += OnConnectionChanged;
    }

    /// <summary>A reply subject for the next pull.</summary>
    public byte[] NewPull(out long pull)
    {
        pull = Interlocked.Increment(ref _lastPull);
        return Encoding.UTF8.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{_inbox}.{pull}"));
    }

    /// <summary>The server is expected to give signs of life from now on.</summary>
    public void Sign() => Volatile.Write(ref _lastSign, tools.Time.GetTimestamp());

    /// <param name="takesIn">Whether what is on the way is waited for. A server that is asked to send nothing more forgets the pulls that it holds.</param>
    public async ValueTask CloseAsync(bool takesIn)
    {
        tools.Connection.Changed -= OnConnectionChanged;
        if (_subscription is null)
            return;
        try
        {
            if (takesIn && tools.Connection.State == NatsConnectionState.Connected)
                await _subscription.DrainAsync().AsTask().WaitAsync(tools.Api.Timeout, tools.Time).ConfigureAwait(false);
        }
        catch (Exception e) when (e is NatsException or TimeoutException)
        {
            // Without a connection nothing is on the way.
        }
        finally
        {
            await _subscription.DisposeAsync().ConfigureAwait(false);
        }
    }

    ValueTask INatsMessageSink.OnMessageAsync(in ReceivedMessage message)
    {
        Sign();
        // Deliveries keep the subject under which they were published; only what the server itself says comes to the inbox.
        if (message.Subject.StartsWith(_prefix))
            OnStatus(message);
        else if (AckSubject.TryParse(message.ReplyTo, out AckSubject ack))
            listener.OnMessage(new JetStreamMessage(message, ack, acks, tools.Time.GetTimestamp()));
        else
            Log.NotADelivery(tools.Logger, Encoding.UTF8.GetString(message.Subject), Encoding.UTF8.GetString(message.ReplyTo));
        return ValueTask.CompletedTask;
    }

    void INatsMessageSink.OnClosed(Exception? reason)
    {
        if (tools.Connection.State == NatsConnectionState.Closed)
            listener.OnClosed();
    }

    private void OnStatus(in ReceivedMessage message)
    {
        NatsStatus status = message.Status;
        if (PullStatus.ReactionTo(status) == PullReaction.None)
        {
            if (PullStatus.Delivered(message) is { } delivered)
                Volatile.Write(ref _delivered, delivered);
            return;
        }

        Log.PullEnded(tools.Logger, acks.Consumer, status.Code, status.Text);
        long pull = Utf8Parser.TryParse(message.Subject[_prefix.Length..], out long number, out _) ? number : 0;
        NatsHeaders headers = NatsHeaders.Parse(message.Headers);
        int? pending = int.TryParse(headers[HeaderNames.PendingMessages], out int messages) ? messages : null;
        listener.OnEnded(pull, status, pending, long.TryParse(headers[HeaderNames.PendingBytes], out long bytes) ? bytes : 0);
    }

    private void OnConnectionChanged(NatsConnectionEvent change)
    {
        if (change.Kind != NatsConnectionEventKind.Reconnected)
            return;
        Sign();
        listener.OnReconnected();
    }
}
