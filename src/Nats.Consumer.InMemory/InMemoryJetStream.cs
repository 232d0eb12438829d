using System.Collections.Concurrent;
using Nats.Consumer.Client;
using Nats.Consumer.InMemory.Api;
using Nats.Consumer.InMemory.Broker;

namespace Nats.Consumer.InMemory;

/// <summary>
/// A NATS server with JetStream in the memory of the process. It speaks what a real server speaks, so that whatever runs on <see cref="INatsConnection"/> runs on it unchanged: subscriptions,
/// queue groups, requests, streams, pull and push consumers, acknowledgements, advisories, and errors with the server's numbers and texts. Nothing survives the process.
/// </summary>
/// <remarks>
/// It has no thread of its own, and its clock is given to it: with a clock that a test moves it does the same things in the same order each time. It is one server without cluster,
/// accounts and files; mirrors, sources, subject transforms, counters, batches and schedules are refused with an error that says so. All members may be called from any thread.
/// </remarks>
public sealed class InMemoryJetStream : IDisposable
{
    private static readonly ConcurrentDictionary<string, Lazy<InMemoryJetStream>> Shared = new(StringComparer.Ordinal);
    private readonly Server _server;

    /// <summary>Starts a server.</summary>
    /// <param name="options">How it behaves. Default: as the newest nats-server, by the system's clock.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public InMemoryJetStream(InMemoryJetStreamOptions? options = null)
    {
        options ??= new InMemoryJetStreamOptions();
        options.Validate();
        _server = new Server(options);
    }

    /// <summary>
    /// Tells of each message that is stored, delivered, settled or given up. Handlers run while the server is locked: they must return at once, and not call it.
    /// </summary>
    public event Action<InMemoryEvent>? Happened
    {
        add => _server.Events.Happened += value;
        remove => _server.Events.Happened -= value;
    }

    /// <summary>As which nats-server it behaves.</summary>
    public InMemoryServerVersion Version => _server.Version;

    /// <summary>Whether everything that was sent to connections has been taken by their sinks.</summary>
    public bool IsIdle => _server.IsIdle;

    /// <summary>Counts what clients and clocks ask of the server. While it does not change, and <see cref="IsIdle"/>, nothing goes on.</summary>
    public long Activity => _server.Broker.Turns;

    /// <summary>The server of a name that this process shares; the first who asks for it makes it, with <paramref name="options"/>.</summary>
    /// <param name="name">The name.</param>
    /// <param name="options">How it behaves, if it is made now; its name is set.</param>
    public static InMemoryJetStream Named(string name, InMemoryJetStreamOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return Shared.GetOrAdd(
            name,
            static (name, options) => new Lazy<InMemoryJetStream>(() =>
            {
                options ??= new InMemoryJetStreamOptions();
                options.Name = name;
                return new InMemoryJetStream(options);
            }),
            options).Value;
    }

    /// <summary>Makes a connection; <see cref="INatsConnection.ConnectAsync"/> opens it.</summary>
    public INatsConnection CreateConnection() => _server.Connect();

    /// <summary>Makes a connection and opens it.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<INatsConnection> ConnectAsync(CancellationToken cancellationToken = default)
    {
        INatsConnection connection = CreateConnection();
        await connection.ConnectAsync(cancellationToken).ConfigureAwait(false);
        return connection;
    }

    /// <summary>
    /// Cuts all connections, as a server that goes away: what is on its way to clients is lost, and connections wait for <see cref="Reconnect"/>. Streams and consumers stay, and time goes on for them.
    /// </summary>
    public void Disconnect() => _server.Cut();

    /// <summary>Cuts one connection as <see cref="Disconnect()"/> does; the others go on.</summary>
    /// <param name="connection">A connection of this server.</param>
    /// <exception cref="ArgumentException">It is no connection of this server.</exception>
    public void Disconnect(INatsConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (!_server.TryCut(connection))
            throw new ArgumentException("It is no open connection of this server.", nameof(connection));
    }

    /// <summary>Lets the connections that were cut come back.</summary>
    public void Reconnect() => _server.Restore();

    /// <summary>Lets publishes to streams fail.</summary>
    /// <param name="subjects">A subject or pattern.</param>
    /// <param name="kind">How.</param>
    /// <param name="times">How many; <see langword="null"/> for all.</param>
    /// <returns>Ends it when disposed.</returns>
    public IDisposable FailPublishes(string subjects, InMemoryPublishFault kind = InMemoryPublishFault.Error, int? times = null)
    {
        Pattern pattern = Pattern.TryParse(subjects) ?? throw new ArgumentException($"'{subjects}' is no subject and no pattern.", nameof(subjects));
        ArgumentOutOfRangeException.ThrowIfLessThan(times ?? 1, 1, nameof(times));
        var fault = new PublishFault(pattern, kind == InMemoryPublishFault.Error ? Errors.StoreFailed("a fault that a test has asked for") : null) { Left = times };
        using (MessageBroker.Turn turn = _server.Broker.Begin())
            _server.Faults.Add(fault);
        return new Ending(() =>
        {
            using MessageBroker.Turn turn = _server.Broker.Begin();
            _server.Faults.Remove(fault);
        });
    }

    /// <summary>Whether no consumer has anything to deliver, and nothing that was delivered waits to be settled.</summary>
    internal bool HasSettledAll => _server.HasSettledAll;

    /// <summary>Whether it has made a connection, and the connection is not closed.</summary>
    internal bool Owns(INatsConnection connection) => _server.Owns(connection);

    /// <summary>Closes all connections. What it held is gone, and its name is free for another one.</summary>
    public void Dispose()
    {
        foreach ((string name, Lazy<InMemoryJetStream> shared) in Shared)
        {
            if (shared.IsValueCreated && shared.Value == this)
                Shared.TryRemove(name, out _);
        }

        _server.Dispose();
    }

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}

/// <summary>How a publish to a stream fails.</summary>
public enum InMemoryPublishFault
{
    /// <summary>The stream answers with an error (503) and does not store the message.</summary>
    Error,

    /// <summary>The stream neither stores the message nor answers.</summary>
    NoAnswer,
}
