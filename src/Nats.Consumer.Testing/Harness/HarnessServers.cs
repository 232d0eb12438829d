using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Nats.Consumer.Client;
using Nats.Consumer.Hosting;
using Nats.Consumer.InMemory;
using Nats.Consumer.JetStream;
using Nats.Consumer.Payloads;
using Nats.Consumer.Prefixing;

namespace Nats.Consumer.Testing;

/// <summary>The servers of a harness, one for each connection of the worker, and a client on each beside the worker.</summary>
/// <param name="name">The default connection's server's.</param>
/// <param name="version">As which nats-server they behave.</param>
/// <param name="time">Their clock.</param>
/// <param name="happened">Told what happens.</param>
internal sealed class HarnessServers(string name, InMemoryServerVersion version, TimeProvider time, Action<InMemoryEvent> happened) : IAsyncDisposable
{
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, InMemoryJetStream> _servers = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, IJetStream> _clients = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, SubjectPrefix?> _prefixes = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<INatsConnection> _connections = [];
    private readonly List<(InMemoryJetStream Server, Action<InMemoryEvent> Tell)> _listening = [];
    private volatile InMemoryJetStream[] _all = [];

    public IReadOnlyList<InMemoryJetStream> All => _all;

    /// <summary>The server of a connection, which is made if there is none; <see langword="null"/> for the default connection's.</summary>
    public InMemoryJetStream Of(string? connection)
    {
        string url = MemoryUrl.Of(connection is null ? name : $"{name}-{connection}");
        if (_servers.TryGetValue(url, out InMemoryJetStream? server))
            return server;
        server = InMemoryJetStream.Named(MemoryUrl.NameIn(url)!, new InMemoryJetStreamOptions { Version = version, TimeProvider = time });
        Action<InMemoryEvent> tell = what => happened(InWordsOfTheWorker(connection, what));
        server.Happened += tell;
        _listening.Add((server, tell));
        _servers.Add(url, server);
        _all = [.. _all, server];
        return server;
    }

    /// <summary>The worker's connections are to these servers from now on.</summary>
    /// <returns>The first connection that is not; <see langword="null"/> when all is well.</returns>
    public ServerLink? Take(ServerLinks links)
    {
        links.MoveToMemory(name);
        foreach (ServerLink link in links.All)
        {
            Of(link.Name);
            _prefixes[link.Name ?? ""] = link.Prefix;
        }

        return links.All.FirstOrDefault(link => !Of(link.Name).Owns(link.Wire));
    }

    /// <summary>JetStream of a connection's server, as a client beside the worker has it.</summary>
    public async Task<IJetStream> ClientAsync(string? connection, PayloadSerializer payloads, CancellationToken cancellationToken)
    {
        if (_clients.TryGetValue(connection ?? "", out IJetStream? client))
            return client;
        INatsConnection beside = await Of(connection).ConnectAsync(cancellationToken).ConfigureAwait(false);
        if (PrefixOf(connection) is { } prefix)
            beside = beside.WithSubjectPrefix(prefix.Name);
        _connections.Add(beside);
        var publisher = new JetStreamPublisher(beside, payloads, RequestTimeout, time);
        return _clients[connection ?? ""] = new JetStreamClient(new JetStreamApi(beside, RequestTimeout), publisher, payloads, time, NullLoggerFactory.Instance);
    }

    /// <summary>The client of a named connection.</summary>
    /// <exception cref="ArgumentException">The worker has no such connection.</exception>
    public IJetStream ClientOf(string connection) => connection.Length > 0 && _clients.TryGetValue(connection, out IJetStream? client) ? client : throw Unknown(connection);

    /// <summary>The server of a named connection.</summary>
    /// <exception cref="ArgumentException">The worker has no such connection.</exception>
    public InMemoryJetStream ServerOf(string connection) => connection.Length > 0 && _clients.ContainsKey(connection) ? Of(connection) : throw Unknown(connection);

    public async ValueTask DisposeAsync()
    {
        foreach ((InMemoryJetStream server, Action<InMemoryEvent> tell) in _listening)
            server.Happened -= tell;
        foreach (INatsConnection connection in _connections)
            await connection.DisposeAsync().ConfigureAwait(false);
        foreach (InMemoryJetStream server in _all)
            server.Dispose();
    }

    /// <summary>The subject prefix of a connection of the worker; <see langword="null"/> for none.</summary>
    public SubjectPrefix? PrefixOf(string? connection) => _prefixes.GetValueOrDefault(connection ?? "");

    private InMemoryEvent InWordsOfTheWorker(string? connection, InMemoryEvent happened) => PrefixOf(connection) is { } prefix
        ? happened with { Stream = prefix.OwnStream(happened.Stream), Subject = prefix.OwnSubject(happened.Subject), Headers = PrefixedHeaders.In(prefix, happened.Headers) }
        : happened;

    private static ArgumentException Unknown(string connection) => new($"The worker has no connection '{connection}'. Nats:Connections:{connection}:Url, in what StartAsync is given, would make it; any URL does.", nameof(connection));
}
