using System.Text;
using System.Text.Json.Nodes;
using Nats.Consumer.Client;
using Nats.Consumer.Consuming;

namespace Nats.Consumer.JetStream;

/// <summary>
/// Reads a stream in order by a consumer that nobody else knows. Whatever may have cost a message (a gap in the numbers, a reconnect, silence, a consumer that is gone) makes it anew, under another name, behind
/// the last message that came (ADR-17).
/// </summary>
internal sealed class OrderedSource : IMessageSource
{
    private readonly ConsumerRuntime _runtime;
    private readonly ConsumerContext _consumer;
    private readonly PullWindow _window;
    private readonly Func<ulong?, JsonObject> _config;
    private readonly SourceSupervisor _supervisor;
    private readonly Action<string> _complain;
    private readonly CancellationTokenSource _stopping = new();
    private volatile Run? _run;
    private INatsSubscription? _subscription;
    private Task _supervision = Task.CompletedTask;
    private ulong? _last;
    private string? _name;
    private string? _streamCreated;

    /// <param name="runtime">The connection and its companions.</param>
    /// <param name="consumer">What the messages belong to.</param>
    /// <param name="window">How many messages to keep requested and buffered.</param>
    /// <param name="config">The configuration of a consumer that goes on behind a sequence, or of the first one.</param>
    public OrderedSource(ConsumerRuntime runtime, ConsumerContext consumer, PullWindow window, Func<ulong?, JsonObject> config)
    {
        (_runtime, _consumer, _window, _config) = (runtime, consumer, window, config);
        Queue = new DeliveryQueue(consumer);
        _supervisor = new SourceSupervisor(consumer, runtime.Connection, PullCommand.Heartbeat, OpenAsync, () => window.Requested > 0, runtime.OnFatal, runtime.Time, runtime.Logger);
        _complain = _supervisor.Complain;
    }

    public DeliveryQueue Queue { get; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken).ConfigureAwait(false);
        _runtime.Connection.Changed += OnConnectionChanged;
        _supervision = Task.Run(() => _supervisor.RunAsync(_stopping.Token), CancellationToken.None);
    }

    public void Taken(InboundMessage message)
    {
        _window.Taken(message.Size);
        Pull();
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        _runtime.Connection.Changed -= OnConnectionChanged;
        await _supervision.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _run = null; // nothing is acknowledged, so what is on the way need not be taken in
        if (_subscription is not null)
            await _subscription.DisposeAsync().ConfigureAwait(false);
        Queue.Complete();
    }

    /// <summary>Deletes the consumer, which the server would do by itself a while later.</summary>
    public async Task DeleteAsync(CancellationToken cancellationToken)
    {
        if (_name is not { } name || _runtime.Connection.State != NatsConnectionState.Connected)
            return;
        try
        {
            await _runtime.Api.DeleteConsumerAsync(_consumer.Stream, name, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is NatsException or OperationCanceledException)
        {
            Log.OrderedLeftBehind(_runtime.Logger, name, _consumer.Stream, e.Message);
        }
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _supervisor.Dispose();
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        _run = null;
        if (_subscription is { } old)
            await old.DisposeAsync().ConfigureAwait(false);
        await DeleteAsync(cancellationToken).ConfigureAwait(false);
        await CheckStreamAsync(cancellationToken).ConfigureAwait(false);
        JsonObject config = _config(_last);
        ConsumerDescription created = await _runtime.Api.CreateConsumerAsync(_consumer.Stream, config, cancellationToken).ConfigureAwait(false);
        // Where it stands, so that one that is lost before its first message does not start at another place. The last messages of subjects have no such place.
        if ((string?)config["deliver_policy"] != "last_per_subject")
            _last ??= created.Delivered;
        _name = (string)config["name"]!;
        string inbox = _runtime.Connection.NewInbox();
        var run = new Run(this, inbox, PullCommand.SubjectOf(_consumer.Stream, _name));
        _subscription = await _runtime.Connection.SubscribeAsync(inbox, run, cancellationToken: cancellationToken).ConfigureAwait(false);
        _window.Reset();
        _run = run;
        Pull();
    }

    // The numbers of a stream that was deleted and made anew begin anew, and all that it holds is new.
    private async Task CheckStreamAsync(CancellationToken cancellationToken)
    {
        StreamDescription stream = await _runtime.Api.GetStreamAsync(_consumer.Stream, cancellationToken).ConfigureAwait(false)
            ?? throw new JetStreamException($"stream '{_consumer.Stream}' does not exist.");
        if (_streamCreated is not null && _streamCreated != stream.Created)
            _last = 0;
        _streamCreated = stream.Created;
    }

    private void OnConnectionChanged(NatsConnectionEvent change)
    {
        if (change.Kind != NatsConnectionEventKind.Reconnected)
            return;
        _supervisor.StartAfresh();
        _supervisor.Complain("messages may have been lost while the connection was away");
    }

    private void Pull()
    {
        if (_run is not { } run || _stopping.IsCancellationRequested || _runtime.Connection.State != NatsConnectionState.Connected)
            return;
        PullRequest wanted = _window.Refill();
        if (wanted.IsFirst)
            _supervisor.Sign(_runtime.Time.GetTimestamp()); // silence begins to count
        PullCommand.Send(_runtime.Connection, run.PullSubject, run.Inbox, wanted, _complain);
    }

    private void OnStatus(in ReceivedMessage message)
    {
        NatsStatus status = message.Status;
        PullReaction reaction = PullStatus.ReactionTo(status);
        if (reaction == PullReaction.None)
            return;
        Log.PullEnded(_runtime.Logger, _consumer.Durable, status.Code, status.Text);
        _window.Reset();
        if (reaction == PullReaction.PullAgain)
            Pull();
        else
            _supervisor.Complain($"the server answered a pull with '{status}'");
    }

    /// <summary>One consumer's life.</summary>
    private sealed class Run(OrderedSource owner, string inbox, string pullSubject) : INatsMessageSink
    {
        private ulong _expected = 1;

        public byte[] Inbox { get; } = Encoding.UTF8.GetBytes(inbox);

        public byte[] PullSubject { get; } = Encoding.UTF8.GetBytes(pullSubject);

        public ValueTask OnMessageAsync(in ReceivedMessage message)
        {
            if (owner._run != this)
                return ValueTask.CompletedTask;
            long now = owner._runtime.Time.GetTimestamp();
            owner._supervisor.Sign(now);
            if (message.Subject.SequenceEqual(Inbox))
            {
                OnStatus(message);
            }
            else if (!AckSubject.TryParse(message.ReplyTo, out AckSubject ack))
            {
                Log.NotADelivery(owner._runtime.Logger, Encoding.UTF8.GetString(message.Subject), Encoding.UTF8.GetString(message.ReplyTo));
            }
            else if (ack.ConsumerSequence == _expected)
            {
                _expected++;
                owner._last = ack.StreamSequence;
                owner._window.Received(message.Subject.Length + message.ReplyTo.Length + message.Headers.Length + message.Payload.Length);
                owner._supervisor.StartAfresh();
                owner.Queue.Add(message, ack, now);
            }
            else
            {
                owner._run = null; // what comes now would be out of order
                owner._supervisor.Complain($"message {_expected} was expected and {ack.ConsumerSequence} came");
            }

            return ValueTask.CompletedTask;
        }

        // A heartbeat says what was delivered last: without it, a message that was lost on its way would only be missed when the next one comes.
        private void OnStatus(in ReceivedMessage message)
        {
            if (PullStatus.Delivered(message) is { } last && last >= _expected)
            {
                owner._run = null;
                owner._supervisor.Complain($"message {_expected} was expected, and the server has delivered {last}");
            }
            else
            {
                owner.OnStatus(message);
            }
        }

        public void OnClosed(Exception? reason)
        {
            if (owner._runtime.Connection.State == NatsConnectionState.Closed)
                owner.Queue.Complete();
        }
    }
}
