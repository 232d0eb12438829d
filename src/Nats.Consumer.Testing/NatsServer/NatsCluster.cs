using System.Net;
using System.Net.Sockets;
using Nats.Consumer.Client;

namespace Nats.Consumer.Testing;

/// <summary>Several nats-servers that form a cluster on 127.0.0.1, for tests. Each can be stopped, killed and started again on its own.</summary>
public sealed class NatsCluster : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);
    private readonly List<NatsServerProcess> _servers = [];

    private NatsCluster()
    {
    }

    /// <summary>The servers.</summary>
    public IReadOnlyList<NatsServerProcess> Servers => _servers;

    /// <summary>The addresses of all servers, separated by commas, for <see cref="NatsConnectionOptions.Url"/>.</summary>
    public string Url => string.Join(',', _servers.Select(server => server.Url));

    /// <summary>Starts the servers and waits until each of them knows all others and, where JetStream is on, JetStream answers.</summary>
    /// <param name="size">How many servers; 3 is what JetStream needs to survive the loss of one.</param>
    /// <param name="options">How to start each; name, configuration and store are the cluster's to choose. <see cref="NatsServerOptions.ConfigText"/> is put before the cluster's own.</param>
    /// <param name="cancellationToken">Gives up; nothing is left behind.</param>
    /// <exception cref="NatsServerException">A server did not come up, or the cluster did not form within <see cref="NatsServerOptions.StartTimeout"/>.</exception>
    public static async Task<NatsCluster> StartAsync(int size = 3, NatsServerOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        options ??= new NatsServerOptions();
        var cluster = new NatsCluster();
        try
        {
            int[] ports = FreePorts(size);
            // With JetStream a server of a cluster greets only when it sees the others, so they start together.
            Task<NatsServerProcess>[] starting = [.. Enumerable.Range(0, size).Select(i => NatsServerProcess.StartAsync(OptionsOf(i, ports, options), cancellationToken))];
            await ((Task)Task.WhenAll(starting)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cluster._servers.AddRange(starting.Where(start => start.IsCompletedSuccessfully).Select(start => start.Result));
            await Task.WhenAll(starting).ConfigureAwait(false);
            await cluster.WhenFormedAsync(options, cancellationToken).ConfigureAwait(false);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Waits until every server that runs knows all others that run.</summary>
    /// <param name="options">For the time-out, and credentials of the clients that ask.</param>
    /// <param name="cancellationToken">Gives up.</param>
    private async Task WhenFormedAsync(NatsServerOptions options, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.StartTimeout, TimeProvider.System);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            foreach (NatsServerProcess server in _servers)
            {
                while (!await KnowsAllAsync(server, options, both.Token).ConfigureAwait(false))
                    await Task.Delay(Pause, TimeProvider.System, both.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new NatsServerException($"The cluster did not form within {options.StartTimeout.TotalSeconds:0.#} s. The log of its first server:", _servers[0].LogText);
        }
    }

    /// <summary>Stops all servers and deletes what they wrote.</summary>
    public async ValueTask DisposeAsync() => await Task.WhenAll(_servers.Select(server => server.DisposeAsync().AsTask())).ConfigureAwait(false);

    private async Task<bool> KnowsAllAsync(NatsServerProcess server, NatsServerOptions options, CancellationToken cancellationToken)
    {
        if (await ServerInfo.TryReadAsync(server.Port, cancellationToken).ConfigureAwait(false) is not { } greeting || greeting.Servers < _servers.Count)
            return false;
        if (!options.JetStream)
            return true; // and clients may have to come over TLS, which a greeting does not need
        var connection = new NatsConnection(new NatsConnectionOptions { Url = server.Url, Username = options.Username, Password = options.Password, Token = options.Token });
        await using (connection.ConfigureAwait(false))
        {
            await connection.ConnectAsync(cancellationToken).ConfigureAwait(false);
            NatsReply reply = await connection.RequestAsync("$JS.API.INFO", [], TimeSpan.FromSeconds(2), cancellationToken: cancellationToken).ConfigureAwait(false);
            return reply.IsOk && reply.Message.Payload.Span.IndexOf("\"error\""u8) < 0;
        }
    }

    private static NatsServerOptions OptionsOf(int index, int[] ports, NatsServerOptions options) => options with
    {
        ServerName = $"n{index + 1}",
        StoreDirectory = null,
        ConfigText = $$"""
            {{options.ConfigText}}
            cluster {
              name: test
              listen: "127.0.0.1:{{ports[index]}}"
              routes: [{{string.Join(", ", ports.Select(port => $"\"nats-route://127.0.0.1:{port}\""))}}]
            }
            """,
    };

    private static int[] FreePorts(int count)
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        foreach (TcpListener listener in listeners)
            listener.Start();
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        foreach (TcpListener listener in listeners)
            listener.Stop();
        return ports;
    }
}
