using Nats.Consumer.Testing;

namespace Nats.Consumer.Client.Tests.Server;

/// <summary>One real server for all tests of a class, open to everybody.</summary>
public sealed class OpenServer : IAsyncLifetime
{
    private NatsServerProcess? _server;

    public string Url => _server!.Url;

    public async ValueTask InitializeAsync() => _server = await NatsServerProcess.StartAsync(new NatsServerOptions { JetStream = false });

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    public async Task<NatsConnection> ConnectAsync()
    {
        var connection = new NatsConnection(new NatsConnectionOptions { Url = Url });
        await connection.ConnectAsync();
        return connection;
    }
}
