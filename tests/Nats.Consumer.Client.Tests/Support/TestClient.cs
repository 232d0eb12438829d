namespace Nats.Consumer.Client.Tests.Support;

/// <summary>Makes connections for tests: short pauses between attempts, all else as it comes.</summary>
internal static class TestClient
{
    public static NatsConnectionOptions Options(string url, TimeProvider? time = null) => new()
    {
        Url = url,
        Name = "test",
        MaxReconnectDelay = TimeSpan.FromMilliseconds(30),
        TimeProvider = time ?? TimeProvider.System,
    };

    public static NatsConnection Create(FakeServer server, Action<NatsConnectionOptions>? change = null)
    {
        NatsConnectionOptions options = Options(server.Url);
        change?.Invoke(options);
        return new NatsConnection(options);
    }

    /// <summary>Connects, and gives the server's end.</summary>
    public static async Task<FakeClient> OpenAsync(this NatsConnection connection, FakeServer server)
    {
        await connection.ConnectAsync().WithinDeadline();
        return await server.NextClientAsync();
    }
}
