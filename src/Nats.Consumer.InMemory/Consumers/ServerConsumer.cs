using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Nats.Consumer.InMemory.Api;
using Nats.Consumer.InMemory.Broker;
using Nats.Consumer.InMemory.Streams;

namespace Nats.Consumer.InMemory.Consumers;

/// <summary>A consumer as the server keeps it: delivers the messages of its stream, one after the other, and waits for their acknowledgement.</summary>
internal sealed class ServerConsumer
{
    private readonly RedeliveryQueue _redeliveries = new();
    private readonly IDeliveryMode _mode;
    private readonly AckDeadlines _deadlines;
    private readonly Acknowledgements _acks;
    private readonly LastPerSubject? _lastPerSubject;
    private readonly Selection _selection;
    private readonly Pace _pace;
    private readonly Action _run;
    private readonly byte[] _ackPrefix;
    private bool _signalled;
    private Filter? _wakeUps;
    private long _pendingInStream;

    public ServerConsumer(ServerStream stream, string name, ConsumerConfig config)
    {
        Stream = stream;
        Name = name;
        Config = config;
        Created = Server.Broker.Now;
        Filter = new Filter(config.Filters);
        _wakeUps = Filter;
        (ulong first, _lastPerSubject) = StartingPoint.Of(config, Filter, stream.Messages, stream.Config, Server.Version);
        Ledger = new Ledger(first);
        _selection = new Selection(this, _redeliveries, _lastPerSubject);
        _run = Run;
        _deadlines = new AckDeadlines(this, _redeliveries);
        _pace = new Pace(this);
        PauseEnd = new Alarm(Server.Broker.Schedule, OnPauseEnded);
        _ackPrefix = Encoding.UTF8.GetBytes($"{Server.AckPrefix}.{stream.Name}.{name}.");
        stream.Add(this);
        _acks = new Acknowledgements(this, _redeliveries, _deadlines);
        _mode = config.IsPush ? new PushMode(this) : new PullMode(this);
        CountPendingInStream();
        SetPause();
        Signal();
    }

    public ServerStream Stream { get; }

    public Server Server => Stream.Server;

    public string Name { get; }

    public ConsumerConfig Config { get; private set; }

    public Filter Filter { get; private set; }

    public Ledger Ledger { get; }

    public long Created { get; }

    public bool IsDeleted { get; private set; }

    /// <summary>When the last message went out, in nanoseconds of Unix time; zero for never.</summary>
    public long LastDelivered { get; private set; }

    /// <summary>When the last acknowledgement came in; zero for never.</summary>
    public long LastAcknowledged { get; set; }

    public Alarm PauseEnd { get; }

    public IDeliveryMode Mode => _mode;

    public bool NeedsAck => Config.AckPolicy != AckPolicy.None;

    /// <summary>How many messages of the stream are still to come for the first time.</summary>
    public long PendingInStream => Math.Max(0, _pendingInStream);

    /// <summary>What a request could get now.</summary>
    public long Available => PendingInStream + _redeliveries.Count;

    /// <summary>After how much idleness it is deleted, in nanoseconds; zero for never.</summary>
    public long InactiveThreshold => Config.InactiveThreshold == 0 ? 0 : Config.IsPush ? Config.InactiveThreshold : Config.InactiveThreshold + PullGrace;

    /// <summary>When the last ack wait ends.</summary>
    public long LastDeadline => _deadlines.Last;

    public bool IsPaused => PauseUntil > Server.Broker.Now;

    public long PauseUntil => Config.PauseUntil is { } text && Go.TryParseTime(text, out long time) ? time : 0;

    // The server adds as much and up to 900 ms more, by chance.
    private const long PullGrace = 100_000_000;

    public void Update(ConsumerConfig config)
    {
        ConsumerConfig old = Config;
        long pausedUntil = PauseUntil;
        Config = config;
        _deadlines.Set();
        _mode.ConfigChanged();
        if (pausedUntil != PauseUntil)
        {
            SetPause();
            Server.Events.OnPaused(this);
        }

        var filter = new Filter(config.Filters);
        if (!filter.Equals(Filter))
        {
            Filter = filter;
            if (!Server.Version.WakesByFirstFilter)
                _wakeUps = filter.IsEverything && Server.Version.SleepsWithoutFilter ? null : filter;
            if (Stream.Config.Retention == Retention.Interest)
                Stream.RemoveWithoutInterest();
            CountPendingInStream();
        }

        if (old.MaxAckPending != config.MaxAckPending || old.DeliverSubject != config.DeliverSubject)
            Signal();
    }

    public void Delete()
    {
        if (IsDeleted)
            return;
        IsDeleted = true;
        Server.Events.OnDeleted(this);
        _acks.Close();
        _deadlines.Stop();
        _pace.Stop();
        PauseEnd.Stop();
        _mode.Close();
        Stream.Remove(this);
    }

    public void OnStored(StoredMessage message)
    {
        if (message.IsRemoved || message.Sequence < Ledger.NextSequence)
            return;
        bool wakes = _wakeUps?.Matches(message.Subject.Utf8) == true;
        if ((wakes || Server.Version.WakesByFirstFilter) && Filter.Matches(message.Subject.Utf8))
            _pendingInStream++;
        if (wakes && _mode.IsReady)
            Signal();
    }

    /// <summary>Whether a stream that keeps what somebody wants stores messages of a subject for this consumer.</summary>
    public bool Wants(ReadOnlySpan<byte> subject) => Server.Version.WakesByFirstFilter ? Filter.Matches(subject) : _wakeUps?.Matches(subject) == true;

    /// <summary>A message has left the stream.</summary>
    public void OnRemoved(StoredMessage message)
    {
        if (!IsToldOf(message))
            return; // it keeps what it has pending
        if (message.Sequence >= Ledger.NextSequence && Filter.Matches(message.Subject.Utf8))
            _pendingInStream--;
        _lastPerSubject?.Remove(message.Sequence);
        if (Ledger.IsPending(message.Sequence))
            _acks.OnRemoved(message.Sequence);
        else if (Server.Version.ForgetsRedeliveriesOfRemoved)
            Ledger.ForgetRedeliveries(message.Sequence);
    }

    private bool IsToldOf(StoredMessage message) => Server.Version.WakesByFirstFilter || _wakeUps?.Matches(message.Subject.Utf8) == true;

    /// <summary>A purge has taken messages from the stream.</summary>
    /// <param name="filter">Of which subjects; <see langword="null"/> for all.</param>
    /// <param name="single">The message, when it was a single one: it is told of as one that was deleted.</param>
    /// <param name="isCounted">Whether what is to come is counted anew.</param>
    /// <param name="count">How many they were.</param>
    public void Purged(Pattern? filter, StoredMessage? single, bool isCounted, long count)
    {
        AckSubject? ended = single is not null && IsToldOf(single) && Ledger.IsPending(single.Sequence) ? _acks.EndOf(single.Sequence) : null;
        ulong first = FirstAfterPurge(filter);
        if (Server.Version.ForgetsPendingAtPurge)
            Ledger.ForgetPending(first);
        else if (Ledger.Floor.Stream < first) // what is gone above stays pending until its ack wait ends
        {
            foreach (ulong sequence in Ledger.Pending.Where(sequence => sequence < first || Stream.Messages.Find(sequence) is null).Order().ToArray())
            {
                Ledger.Forget(sequence);
                _redeliveries.Remove(sequence);
            }
        }

        Ledger.SkipTo(first);
        if (Ledger.PendingCount == 0 && !Server.Version.ForgetsPendingAtPurge)
        {
            Ledger.ForgetAllRedeliveries();
            Ledger.RaiseFloorIfNothingPending();
        }

        _redeliveries.RemoveBelow(Ledger.NextSequence); // they come back when their ack wait ends
        _deadlines.Set();
        Ledger.Record();
        if (isCounted && (count > 1 || _wakeUps is not null || Server.Version.WakesByFirstFilter))
            CountPendingInStream();
        if (ended is { } ack)
            _acks.End(ack);
        Signal();
    }

    /// <summary>Whether a stream that keeps what is needed must keep a message for this consumer.</summary>
    public bool Needs(StoredMessage message)
    {
        if (!Filter.Matches(message.Subject.Utf8))
            return false;
        ulong sequence = message.Sequence;
        bool needs = sequence > Ledger.Floor.Stream
            && (Config.AckPolicy != AckPolicy.Explicit || sequence >= Ledger.NextSequence || Ledger.IsPending(sequence));
        return needs || (Server.Version.KeepsGivenUp && Ledger.WasRedelivered(sequence));
    }

    /// <summary>Lets it look for something to deliver, later in this turn.</summary>
    public void Signal()
    {
        if (_signalled || IsDeleted)
            return;
        _signalled = true;
        Server.Broker.Later(_run);
    }

    public byte[] IdleHeartbeat(string more = "") => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"NATS/1.0 100 Idle Heartbeat\r\nNats-Last-Consumer: {Ledger.NextDelivery - 1}\r\nNats-Last-Stream: {Ledger.NextSequence - 1}\r\n{more}\r\n"));

    /// <summary>Counts anew what is still to come.</summary>
    public void CountPendingInStream() => _pendingInStream = _lastPerSubject is { IsDone: false } last
        ? last.Count + Stream.Messages.From(last.Resume + 1).Count(message => Filter.Matches(message.Subject.Utf8))
        : Filter.IsEverything && Ledger.NextSequence <= Stream.Messages.FirstSequence
            ? Stream.Messages.Count
            : Stream.Messages.From(Ledger.NextSequence).Count(message => Filter.Matches(message.Subject.Utf8));

    /// <summary>Who asks how many are still to come makes the server notice a number that cannot be; consumers that it has forgotten to tell of something have such.</summary>
    public void CorrectPendingInStream()
    {
        if (_pendingInStream > Stream.Messages.Count || (_pendingInStream != 0 && Ledger.NextSequence > Stream.Messages.LastSequence))
            CountPendingInStream();
    }

    private void Run()
    {
        _signalled = false;
        bool isEnd = true;
        while (!IsDeleted && !IsPaused && _mode.IsReady && !_pace.Holds)
        {
            if (!_selection.TryNext(out StoredMessage? message, out ulong deliveries, out isEnd))
                break;
            if (!_pace.Allows(message) || !TryDeliver(message, deliveries))
            {
                _selection.PutBack(message, deliveries);
                break;
            }
        }

        if (!IsDeleted)
            _mode.Idle(isEnd);
    }

    private bool TryDeliver(StoredMessage message, ulong deliveries)
    {
        Span<byte> ack = stackalloc byte[_ackPrefix.Length + 128];
        long left = PendingInStream - (deliveries == 1 ? 1 : 0);
        Utf8.TryWrite(ack[_ackPrefix.Length..], CultureInfo.InvariantCulture, $"{deliveries}.{message.Sequence}.{Ledger.NextDelivery}.{message.Time}.{Math.Max(0, left)}", out int length);
        _ackPrefix.CopyTo(ack);
        ack = ack[..(_ackPrefix.Length + length)];
        byte[] headers = Config.HeadersOnly ? RawHeaders.With(message.Headers, ("Nats-Msg-Size", message.Payload.Length.ToString(CultureInfo.InvariantCulture))) : message.Headers;
        byte[] payload = Config.HeadersOnly ? [] : message.Payload;
        int size = message.Subject.Utf8.Length + ack.Length + headers.Length + payload.Length;
        if (_mode.TakeTarget(size) is not { } target)
            return false;

        if (deliveries == 1)
            _pendingInStream--;
        Ledger.Deliver(message.Sequence, NeedsAck, Server.Broker.Now);
        LastDelivered = Server.Broker.Now;
        _mode.Used();
        if (NeedsAck)
            _deadlines.Delivered(message.Sequence);
        var delivery = new Envelope(message.Subject.Utf8, ack.ToArray(), headers, payload);
        var routed = new Routed(target, delivery);
        Server.Broker.Route(ref routed);
        Server.Events.OnDelivered(this, message, deliveries);
        _mode.Delivered(target, size);
        if (!NeedsAck)
            Stream.Acknowledged(message.Sequence);
        return true;
    }

    // What the purge leaves of that which only it could take.
    private ulong FirstAfterPurge(Pattern? filter)
    {
        bool tookAll = filter is null || (Filter.Patterns.Count > 0 && Filter.Patterns.All(filter.Covers)) || filter.IsEverything;
        if (!tookAll || filter is null)
            return Stream.Messages.FirstSequence;
        return Stream.Messages.TryFindNext(0, message => filter.Matches(message.Subject.Utf8), out StoredMessage? first) ? first.Sequence : Stream.Messages.LastSequence + 1;
    }

    private void SetPause()
    {
        if (IsPaused)
            PauseEnd.Set(PauseUntil);
        else
            PauseEnd.Stop();
        Signal();
    }

    private void OnPauseEnded()
    {
        Server.Events.OnPaused(this);
        Signal();
    }
}
