using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Nats.Consumer.Client;
using Nats.Consumer.InMemory.Advisories;
using Nats.Consumer.InMemory.Api;
using Nats.Consumer.InMemory.Broker;
using Nats.Consumer.InMemory.Connections;
using Nats.Consumer.InMemory.Consumers;
using Nats.Consumer.InMemory.Streams;

namespace Nats.Consumer.InMemory;

/// <summary>All that a server is: its connections, its streams and its API.</summary>
internal sealed class Server : IServerState, IDisposable
{
    private readonly List<InMemoryConnection> _connections = [];
    private readonly SortedDictionary<string, ServerStream> _streams = new(StringComparer.Ordinal);
    private readonly InMemoryJetStreamOptions _options;
    private readonly byte[] _domainPrefix;
    private ulong _lastConnection;
    private long _lastName;

    public Server(InMemoryJetStreamOptions options)
    {
        _options = options;
        Version = options.Version;
        Logger = options.LoggerFactory.CreateLogger("Nats.Consumer.InMemory");
        Broker = new MessageBroker(options.TimeProvider, Version.NamesSubjectInNoResponders);
        Broker.InterestChanged += OnInterestChanged;
        Events = new ServerEvents(this);
        Info = new NatsServerInfo
        {
            ServerName = options.Name,
            VersionText = Version.Text,
            Version = Version.Number,
            MaxPayload = options.MaxPayload,
            HeadersSupported = true,
            JetStreamEnabled = true,
        };
        AckPrefix = options.LongAckSubjects ? $"$JS.ACK.{options.Domain ?? "_"}.memory" : "$JS.ACK";
        _domainPrefix = options.Domain is null ? [] : Encoding.UTF8.GetBytes($"$JS.{options.Domain}.API.");
        ApiDispatcher.Register(this);
    }

    public MessageBroker Broker { get; }

    public InMemoryServerVersion Version { get; }

    public ILogger Logger { get; }

    public ServerEvents Events { get; }

    public Faults Faults { get; } = new();

    public NatsServerInfo Info { get; }

    public bool IsAway { get; private set; }

    public string? Domain => _options.Domain;

    /// <summary>What the ack subjects of deliveries begin with.</summary>
    public string AckPrefix { get; }

    public IReadOnlyDictionary<string, ServerStream> Streams => _streams;

    /// <summary>Whether everything that was sent to connections has been handed over.</summary>
    public bool IsIdle => Broker.Look(() => _connections.TrueForAll(connection => connection.IsIdle));

    public bool HasSettledAll => Broker.Look(() => _streams.Values.All(stream => stream.Consumers.Values.All(consumer => consumer.Available == 0 && consumer.Ledger.PendingCount == 0)));

    public static byte[] ToUtf8(JsonObject json) => JsonSerializer.SerializeToUtf8Bytes(json, ApiJson.Default.JsonObject);

    public InMemoryConnection Connect()
    {
        using MessageBroker.Turn turn = Broker.Begin();
        var connection = new InMemoryConnection(Broker, this, ++_lastConnection, _options.TimeProvider, Logger);
        _connections.Add(connection);
        return connection;
    }

    public bool Accept(InMemoryConnection from, ref Routed message)
    {
        if (_domainPrefix.Length > 0 && message.Target.StartsWith(_domainPrefix))
        {
            var renamed = new Routed([.. "$JS.API."u8, .. message.Target[_domainPrefix.Length..]], message.ReplyTo, message.Headers, message.Payload);
            return Accept(from, ref renamed);
        }

        // The API is there as a whole: what it does not know is answered with silence.
        return Broker.Route(ref message)
            || (message.Target.StartsWith("$JS.API."u8) && !(Version.AnswersPullsOfMissingConsumers && message.Target.StartsWith("$JS.API.CONSUMER.MSG.NEXT."u8)));
    }

    public void Forget(InMemoryConnection connection) => _connections.Remove(connection);

    public void Cut()
    {
        using MessageBroker.Turn turn = Broker.Begin();
        IsAway = true;
        _connections.ForEach(connection => connection.Lose());
    }

    public bool Owns(INatsConnection connection) => Broker.Look(() => connection is InMemoryConnection own && _connections.Contains(own));

    public bool TryCut(INatsConnection connection)
    {
        using MessageBroker.Turn turn = Broker.Begin();
        if (connection is not InMemoryConnection own || !_connections.Contains(own))
            return false;
        own.Lose();
        return true;
    }

    public void Restore()
    {
        using MessageBroker.Turn turn = Broker.Begin();
        IsAway = false;
        _connections.ForEach(connection => connection.Restore());
    }

    public ServerStream AddStream(StreamConfig config)
    {
        var stream = new ServerStream(this, config);
        _streams.Add(stream.Name, stream);
        Events.OnCreated(stream);
        return stream;
    }

    public void DeleteStream(ServerStream stream)
    {
        _streams.Remove(stream.Name);
        stream.Delete();
        Events.OnDeleted(stream);
    }

    /// <summary>A name for a consumer that has none. The real server draws one by chance.</summary>
    public string NewName() => $"memory{++_lastName:x2}";

    public void Dispose()
    {
        InMemoryConnection[] open;
        using (MessageBroker.Turn turn = Broker.Begin())
            open = [.. _connections];
        foreach (InMemoryConnection connection in open)
            connection.Close();
        Broker.Dispose();
    }

    private void OnInterestChanged()
    {
        foreach (ServerStream stream in _streams.Values)
        {
            foreach (ServerConsumer consumer in stream.Consumers.Values)
                consumer.Mode.InterestChanged();
        }
    }
}
