using System.Text;
using System.Text.Json.Nodes;
using Nats.Consumer.InMemory.Api;
using Nats.Consumer.InMemory.Broker;
using Nats.Consumer.InMemory.Consumers;

namespace Nats.Consumer.InMemory.Streams;

/// <summary>A stream: takes what is published to its subjects, keeps it within its limits, and tells its consumers.</summary>
internal sealed class ServerStream
{
    private readonly Server _server;
    private readonly StreamMemory _memory;
    private readonly Limits _limits;
    private readonly List<Subscription> _subscriptions = [];
    private readonly SortedDictionary<string, ServerConsumer> _consumers = new(StringComparer.Ordinal);
    private RepublishTarget? _republish;
    private bool _isPurging;

    public ServerStream(Server server, StreamConfig config)
    {
        _server = server;
        Config = config;
        Created = server.Broker.Now;
        _memory = new StreamMemory(new MessageStore(Math.Max(1, config.FirstSeq), config.Storage == Storage.File));
        _limits = new Limits(this, server.Broker);
        Messages.Removed += OnRemoved;
        Listen(config);
    }

    public StreamConfig Config { get; private set; }

    public string Name => Config.Name;

    public long Created { get; }

    public MessageStore Messages => _memory.Messages;

    public Server Server => _server;

    public bool IsDeleted { get; private set; }

    public IReadOnlyDictionary<string, ServerConsumer> Consumers => _consumers;

    /// <summary>Whether messages go as soon as nobody needs them any more.</summary>
    public bool HasInterestRetention => Config.Retention != Retention.Limits;

    public void Update(StreamConfig config)
    {
        StreamConfig old = Config;
        Config = config;
        Listen(config);
        _limits.Enforce();
        if (old.Retention != config.Retention && config.Retention == Retention.Interest)
            RemoveWithoutInterest();
    }

    public void Delete()
    {
        IsDeleted = true;
        Unlisten();
        _limits.Stop();
        foreach (ServerConsumer consumer in _consumers.Values.ToArray())
            consumer.Delete();
    }

    public void Add(ServerConsumer consumer) => _consumers.Add(consumer.Name, consumer);

    public void Remove(ServerConsumer consumer)
    {
        _consumers.Remove(consumer.Name);
        if (IsDeleted || Config.Retention != Retention.Interest)
            return;
        if (_consumers.Count == 0)
            PurgeAll();
        else
            RemoveWithoutInterest();
    }

    /// <summary>A consumer needs a message no more.</summary>
    public void Acknowledged(ulong sequence)
    {
        bool isDone = Config.Retention == Retention.WorkQueue && _server.Version.EmptiesWorkQueueAtOnce;
        if (HasInterestRetention && Messages.Find(sequence) is { } message && (isDone || !_consumers.Values.Any(consumer => consumer.Needs(message))))
            Messages.Remove(sequence);
    }

    /// <summary>Removes what no consumer needs.</summary>
    public void RemoveWithoutInterest()
    {
        foreach (StoredMessage message in Messages.From(0).ToArray())
            Acknowledged(message.Sequence);
    }

    /// <returns>How many went.</returns>
    public long Purge(Pattern? filter, ulong upTo, ulong keep)
    {
        long before = Messages.Count;
        _isPurging = true;
        bool isCounted = true;
        StoredMessage? single = null;
        bool all = filter is null or { IsEverything: true };
        if (all && upTo > Messages.LastSequence)
        {
            PurgeAll();
            Messages.MoveTo(upTo);
        }
        else if (all && upTo == 0 && keep == 0)
        {
            PurgeAll();
        }
        else
        {
            StoredMessage[] matching = [.. Messages.From(0).Where(message => filter?.Matches(message.Subject.Utf8) ?? true)];
            StoredMessage[] purged = keep > 0
                ? [.. matching.SkipLast((int)Math.Min(keep, int.MaxValue))]
                : [.. matching.TakeWhile(message => upTo == 0 || message.Sequence < upTo)];
            single = purged.Length == 1 ? purged[0] : null;
            isCounted = single is null || !all || keep == 0 || Config.Storage != Storage.File; // a file that is cut to what is to be kept tells nobody of a single message
            foreach (StoredMessage message in purged)
                Messages.Remove(message.Sequence);
        }

        _isPurging = false;
        long count = before - Messages.Count;
        foreach (ServerConsumer consumer in _consumers.Values)
            consumer.Purged(filter, single, isCounted, count);
        return count;
    }

    private void PurgeAll()
    {
        foreach (StoredMessage message in Messages.From(0).ToArray())
            Messages.Remove(message.Sequence);
        Messages.MoveTo(Messages.LastSequence + 1);
    }

    private void Listen(StreamConfig config)
    {
        Unlisten();
        foreach (string subject in config.Subjects!)
            _subscriptions.Add(new ServerSubscription(Pattern.TryParse(subject)!, OnPublished));
        if (config.AllowDirect)
        {
            foreach (string subject in new[] { $"$JS.API.DIRECT.GET.{Name}", $"$JS.API.DIRECT.GET.{Name}.>" })
                _subscriptions.Add(new ServerSubscription(Pattern.TryParse(subject)!, OnDirectGet));
        }

        _subscriptions.ForEach(_server.Broker.Add);
        _republish = config.Republish is { } republish ? new RepublishTarget(republish) : null;
    }

    private void Unlisten()
    {
        _subscriptions.ForEach(_server.Broker.Remove);
        _subscriptions.Clear();
    }

    private void OnDirectGet(ref Routed request) => DirectGet.Answer(this, _server, ref request);

    private void OnPublished(ref Routed message)
    {
        bool answers = !message.ReplyTo.IsEmpty && !Config.NoAck;
        try
        {
            if (_server.Faults.OnPublish(message.Target) is { } fault)
            {
                if (fault.Error is null)
                    return;
                throw fault.Error;
            }

            PublishTerms terms = PublishChecks.Check(Config, _memory, message, _server.Broker.Now, _server.Version);
            ulong sequence = terms.DuplicateOf ?? Take(ref message, terms);
            if (answers)
                Acknowledge(message.ReplyTo, sequence, terms.DuplicateOf is not null);
        }
        catch (ApiError e)
        {
            if (answers)
                _server.Broker.Send(message.ReplyTo, default, Server.ToUtf8(new JsonObject { ["error"] = e.ToJson(), ["stream"] = Name, ["seq"] = 0 }));
        }
    }

    private ulong Take(ref Routed message, in PublishTerms terms)
    {
        ulong sequence;
        bool isWanted = Config.Retention != Retention.Interest || IsWanted(message.Target);
        if (!isWanted)
        {
            Messages.Skip(_server.Broker.Now);
            sequence = Messages.LastSequence;
        }
        else
        {
            sequence = Store(ref message, terms);
        }

        _memory.LastMessageId = terms.MessageId ?? "";
        if (terms.MessageId is { } id)
            _memory.Duplicates.Add(id, isWanted || _server.Version.RemembersSequencesOfUnwanted ? sequence : 0, _server.Broker.Now);
        return sequence;
    }

    private bool IsWanted(ReadOnlySpan<byte> subject)
    {
        foreach (ServerConsumer consumer in _consumers.Values)
        {
            if (consumer.Wants(subject))
                return true;
        }

        return false;
    }

    private ulong Store(ref Routed message, in PublishTerms terms)
    {
        _limits.CheckRoomFor(message, terms.Rollup);
        ulong before = _republish is null ? 0 : Messages.FindSubject(message.Target)?.Last?.Sequence ?? 0;
        StoredMessage stored = Messages.Add(message.Target, message.Keep(), _server.Broker.Now, terms.ExpiresAt);
        _server.Events.OnStored(this, stored);
        _limits.Enforce(stored);
        if (terms.Rollup != Rollup.None)
            Purge(terms.Rollup == Rollup.Subject ? Pattern.TryParse(stored.Subject.Text) : null, 0, 1);
        if (_republish?.For(stored.Subject.Utf8) is { } target)
            Republish(stored, target, before);
        foreach (ServerConsumer consumer in _consumers.Values)
            consumer.OnStored(stored);
        return stored.Sequence;
    }

    private void Republish(StoredMessage message, byte[] target, ulong lastOfSubject)
    {
        List<(string Name, string Value)> lines =
        [
            ("Nats-Stream", Name),
            ("Nats-Subject", message.Subject.Text),
            ("Nats-Sequence", Invariant(message.Sequence)),
            .. _server.Version.IsStrict ? [("Nats-Time-Stamp", MessageBroker.FormatTime(message.Time))] : Array.Empty<(string, string)>(),
            ("Nats-Last-Sequence", Invariant(lastOfSubject)),
        ];
        if (_republish!.HeadersOnly)
            lines.Add(("Nats-Msg-Size", Invariant((ulong)message.Payload.Length)));
        _server.Broker.Send(target, RawHeaders.With(message.Headers, [.. lines]), _republish.HeadersOnly ? [] : message.Payload);
    }

    private void Acknowledge(ReadOnlySpan<byte> replyTo, ulong sequence, bool isDuplicate)
    {
        string domain = _server.Domain is { } name ? $",\"domain\":\"{name}\"" : "";
        string duplicate = isDuplicate ? ",\"duplicate\": true" : "";
        Span<byte> utf8 = stackalloc byte[512];
        bool fits = System.Text.Unicode.Utf8.TryWrite(utf8, $"{{\"stream\":\"{Name}\"{domain},\"seq\":{sequence}{duplicate}}}", out int length);
        _server.Broker.Send(replyTo, default, fits ? utf8[..length] : Encoding.UTF8.GetBytes($"{{\"stream\":\"{Name}\"{domain},\"seq\":{sequence}{duplicate}}}"));
    }

    private void OnRemoved(StoredMessage message)
    {
        if (_isPurging)
            return;
        foreach (ServerConsumer consumer in _consumers.Values.ToArray())
            consumer.OnRemoved(message);
    }

    private static string Invariant(ulong number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
