using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using Nats.Consumer.Client;
using Nats.Consumer.Payloads;
using Nats.Consumer.Prefixing;
using Nats.Consumer.Telemetry;

namespace Nats.Consumer.JetStream;

/// <summary>
/// Messages on the way to streams, up to a number and a size. All answers come to one subscription; the last token of the reply subject says for which message.
/// One timer looks after all of them.
/// </summary>
internal sealed class PublishPipeline : INatsMessageSink, IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly INatsConnection _connection;
    private readonly PayloadSerializer _payloads;
    private readonly PublishWindowOptions _options;
    private readonly PublishRules _rules;
    private readonly TimeProvider _time;
    private readonly PublishSlots _slots;
    private readonly PublishTally _tally;
    private readonly PublishReply _reply;
    private readonly SemaphoreSlim _starting = new(1, 1);
    private readonly string _inbox;
    private INatsSubscription? _subscription;
    private ITimer? _timer;
    private int _connections;
    private volatile bool _started;
    private bool _closed;

    public PublishPipeline(INatsConnection connection, PayloadSerializer payloads, PublishWindowOptions options, TimeSpan timeout, TimeProvider time)
    {
        options.Validate();
        _connection = connection;
        _payloads = payloads;
        _options = options;
        _rules = new PublishRules(options.Timeout ?? timeout, options.OutageTimeout);
        _time = time;
        _inbox = connection.NewInbox();
        _reply = new PublishReply(SubjectPrefix.Of(connection));
        _slots = new PublishSlots(options.MaxPending, _inbox);
        _tally = new PublishTally(options);
    }

    public PublishTally Tally => _tally;

    public ValueTask PublishAsync<T>(string subject, T value, PublishOptions? options, object? state, CancellationToken cancellationToken)
    {
        JetStreamPublisher.ThrowIfInvalid(subject);
        return _started && TryRent(out PublishSlot? slot, out _)
            ? SendAsync(slot, subject, value, options, state, cancellationToken)
            : PublishWhenRoomAsync(subject, value, options, state, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_closed)
                return;
            _closed = true;
            FailAll(static slot => PublishErrors.Closed(slot.Subject));
        }

        _tally.Close();
        _connection.Changed -= OnConnectionChanged;
        if (_timer is not null)
            await _timer.DisposeAsync().ConfigureAwait(false);
        if (_subscription is not null)
            await _subscription.DisposeAsync().ConfigureAwait(false);
        _starting.Dispose();
    }

    ValueTask INatsMessageSink.OnMessageAsync(in ReceivedMessage message)
    {
        ReadOnlySpan<byte> last = message.Subject[(message.Subject.LastIndexOf((byte)'.') + 1)..];
        if (!Utf8Parser.TryParse(last, out long token, out int used) || used != last.Length)
            return ValueTask.CompletedTask;
        bool nobody = message.Payload.IsEmpty && !message.Headers.IsEmpty && message.Status.Code == NatsStatus.NoResponders;
        lock (_gate)
        {
            if (!_slots.TryFind(token, out PublishSlot? slot))
                return ValueTask.CompletedTask; // a second answer, or one that came too late
            if (nobody)
                OnNobody(slot);
            else
                Finish(slot, _reply.Read(message.Payload, slot.Subject, out PublishAck ack), ack, isAnswered: slot.Attempts == 1);
        }

        return ValueTask.CompletedTask;
    }

    void INatsMessageSink.OnClosed(Exception? reason)
    {
        lock (_gate)
            FailAll(static slot => PublishErrors.Closed(slot.Subject));
    }

    private async ValueTask PublishWhenRoomAsync<T>(string subject, T value, PublishOptions? options, object? state, CancellationToken cancellationToken)
    {
        await StartAsync(cancellationToken).ConfigureAwait(false);
        PublishSlot? slot;
        while (!TryRent(out slot, out Task? room))
            await room.WaitAsync(cancellationToken).ConfigureAwait(false);
        await SendAsync(slot, subject, value, options, state, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask StartAsync(CancellationToken cancellationToken)
    {
        if (_started)
            return;
        await FirstConnect.EnsureAsync(_connection, _time, cancellationToken).ConfigureAwait(false);
        ObjectDisposedException.ThrowIf(_closed, typeof(PublishWindow));
        await _starting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_started)
                return;
            _subscription = await _connection.SubscribeAsync($"{_inbox}.*", this, cancellationToken: cancellationToken).ConfigureAwait(false);
            _connection.Changed += OnConnectionChanged;
            _timer = _time.CreateTimer(_ => OnTick(), null, Tick, Tick);
            _started = true;
        }
        finally
        {
            _starting.Release();
        }
    }

    private bool TryRent([NotNullWhen(true)] out PublishSlot? slot, [NotNullWhen(false)] out Task? room)
    {
        lock (_gate)
        {
            room = _closed ? Task.FromException(new ObjectDisposedException(nameof(PublishWindow))) : null;
            slot = room is null && _tally.TryEnter(out room) ? _slots.Rent() : null;
            return slot is not null;
        }
    }

    private ValueTask SendAsync<T>(PublishSlot slot, string subject, T value, PublishOptions? options, object? state, CancellationToken cancellationToken)
    {
        ValueTask sent;
        long id = 0;
        try
        {
            slot.Begin(subject, PublishActivity.HeadersOf(PublishHeaders.From(options, _connection)), state);
            _payloads.Write(slot, value);
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_closed, typeof(PublishWindow));
                id = _slots.Identify(slot);
                _tally.Add(slot.Length);
                slot.FirstSentAt = _time.GetTimestamp();
                sent = Transmit(slot, cancellationToken);
            }
        }
        catch
        {
            TakeBack(slot, id);
            throw;
        }

        return sent.IsCompletedSuccessfully ? ValueTask.CompletedTask : WaitUntilQueuedAsync(sent, slot, id);
    }

    // The gate is held: an answer or a disconnect cannot come in between.
    private ValueTask Transmit(PublishSlot slot, CancellationToken cancellationToken)
    {
        (slot.Connection, slot.AwaitsStream) = (_connections, false);
        slot.SentAt = _time.GetTimestamp();
        slot.Attempts++;
        return _connection.PublishAsync(
            new OutgoingMessage
            {
                Subject = slot.SubjectUtf8,
                ReplyTo = slot.ReplyTo,
                Headers = slot.Headers,
                Payload = slot.Payload,
                TimeToSend = _rules.OutageTimeout,
                DropOnDisconnect = true, // whether it is sent again is decided here
            },
            cancellationToken);
    }

    private async ValueTask WaitUntilQueuedAsync(ValueTask sent, PublishSlot slot, long id)
    {
        try
        {
            await sent.ConfigureAwait(false);
        }
        catch
        {
            TakeBack(slot, id);
            throw;
        }
    }

    // The caller learns of it by an exception: the message counts as never given.
    private void TakeBack(PublishSlot slot, long id)
    {
        lock (_gate)
        {
            if (slot.Id != id)
                return;
            _tally.Leave(id == 0 ? 0 : slot.Length);
            _slots.Return(slot, isAnswered: id == 0);
        }
    }

    private void OnNobody(PublishSlot slot)
    {
        if (slot.Attempts < JetStreamPublisher.NoResponderAttempts)
            slot.AwaitsStream = true;
        else
            Finish(slot, PublishErrors.NoStream(slot.Subject));
    }

    private void Finish(PublishSlot slot, Exception? error, PublishAck ack = default, bool isAnswered = false)
    {
        _tally.Report(new PublishResult(slot.Subject, ack, error, slot.State), slot.Length);
        _slots.Return(slot, isAnswered);
    }

    private void FailAll(Func<PublishSlot, Exception> error)
    {
        foreach (PublishSlot slot in _slots.OnTheWay)
            Finish(slot, error(slot));
    }

    private void OnConnectionChanged(NatsConnectionEvent change)
    {
        lock (_gate)
        {
            if (_closed)
                return;
            if (change.Kind == NatsConnectionEventKind.Disconnected)
                OnDisconnected();
            else if (change.Kind == NatsConnectionEventKind.Reconnected)
                OnReconnected();
        }
    }

    // Without an id nobody can tell whether it was stored, and sending it again could store it twice.
    private void OnDisconnected()
    {
        _connections++;
        foreach (PublishSlot slot in _slots.OnTheWay)
        {
            if (!slot.IsIdentified)
                Finish(slot, PublishErrors.Disconnected(slot.Subject));
        }
    }

    private void OnReconnected()
    {
        foreach (PublishSlot slot in _slots.OnTheWay)
        {
            slot.SentAt = _time.GetTimestamp(); // what was queued during the outage leaves now
            if (slot.Connection != _connections)
                SendAgain(slot);
        }
    }

    private void OnTick()
    {
        lock (_gate)
        {
            if (_closed || _tally.Held == 0)
                return;
            long now = _time.GetTimestamp();
            bool isConnected = _connection.State == NatsConnectionState.Connected;
            foreach (PublishSlot slot in _slots.OnTheWay)
            {
                switch (_rules.Next(isConnected, slot.AwaitsStream, _time.GetElapsedTime(slot.SentAt, now), _time.GetElapsedTime(slot.FirstSentAt, now)))
                {
                    case PublishStep.SendAgain:
                        SendAgain(slot);
                        break;
                    case PublishStep.TimedOut:
                        Finish(slot, PublishErrors.TimedOut(slot.Subject, _rules.Timeout));
                        break;
                    case PublishStep.Away:
                        Finish(slot, PublishErrors.Away(slot.Subject, _rules.OutageTimeout));
                        break;
                }
            }
        }
    }

    private void SendAgain(PublishSlot slot)
    {
        try
        {
            ValueTask sent = Transmit(slot, CancellationToken.None);
            if (!sent.IsCompletedSuccessfully)
                _ = ReportAsync(sent, slot, slot.Id);
        }
        catch (NatsException e)
        {
            Finish(slot, e);
        }
    }

    private async Task ReportAsync(ValueTask sent, PublishSlot slot, long id)
    {
        try
        {
            await sent.ConfigureAwait(false);
        }
        catch (NatsException e)
        {
            lock (_gate)
            {
                if (slot.Id == id)
                    Finish(slot, e);
            }
        }
    }
}
