using System.Net;
using System.Net.Sockets;

namespace Nats.Consumer.Testing.Tests;

[Trait("Category", "Server")]
public class NatsServerLifeTests
{
    [Fact]
    public async Task StartAgainAsync_AfterKill_KeepsPortAndStreamOnDisk()
    {
        await using var server = await NatsServerProcess.StartAsync();
        var (port, processId) = (server.Port, server.ProcessId);
        using (var client = await RawClient.ConnectAsync(port))
        {
            var created = await client.AskAsync("$JS.API.STREAM.CREATE.ORDERS", """{"name":"ORDERS","subjects":["orders.>"],"storage":"file"}""");
            created.ShouldNotContain("error");
            (await client.AskAsync("orders.new", "42")).ShouldContain("\"seq\":1");
        }

        await server.KillAsync();
        server.IsRunning.ShouldBeFalse();
        await server.StartAgainAsync();

        server.IsRunning.ShouldBeTrue();
        server.Port.ShouldBe(port);
        server.ProcessId.ShouldNotBe(processId);
        using var again = await RawClient.ConnectAsync(port);
        (await again.AskAsync("$JS.API.STREAM.INFO.ORDERS")).ShouldContain("\"messages\":1");
    }

    [Fact]
    public async Task RestartAsync_Running_KeepsPort()
    {
        await using var server = await NatsServerProcess.StartAsync();
        var (port, processId) = (server.Port, server.ProcessId);

        await server.RestartAsync();

        server.Port.ShouldBe(port);
        server.ProcessId.ShouldNotBe(processId);
        using var client = await RawClient.ConnectAsync(port);
        (await client.ReadAsync()).ShouldBe("PONG");
    }

    [Fact]
    public async Task StartAgainAsync_Running_Throws()
    {
        await using var server = await NatsServerProcess.StartAsync();

        await Should.ThrowAsync<InvalidOperationException>(() => server.StartAgainAsync());

        server.IsRunning.ShouldBeTrue();
    }

    [Fact]
    public async Task StartAgainAsync_PortIsTakenForAMoment_WaitsForIt()
    {
        await using var server = await NatsServerProcess.StartAsync();
        await server.StopAsync();
        using var squatter = new TcpListener(IPAddress.Loopback, server.Port);
        squatter.Start();

        var again = server.StartAgainAsync();
        await Task.Delay(300);
        again.IsCompleted.ShouldBeFalse();
        squatter.Stop();

        await again;
        server.IsRunning.ShouldBeTrue();
    }

    [Fact]
    public async Task StopAsync_TwiceAndAfterDispose_DoesNothing()
    {
        var server = await NatsServerProcess.StartAsync();

        await server.StopAsync();
        await server.StopAsync();
        await server.DisposeAsync();
        await server.DisposeAsync();
        await server.StopAsync();

        server.LogText.ShouldContain("Server is ready");
        await Should.ThrowAsync<ObjectDisposedException>(() => server.StartAgainAsync());
    }

    [Fact]
    public async Task DisposeAsync_Running_LeavesNeitherProcessNorFolder()
    {
        var server = await NatsServerProcess.StartAsync(new() { ConfigText = "debug: true" });
        var folder = Path.GetDirectoryName(server.StoreDirectory);
        Directory.Exists(folder).ShouldBeTrue();

        await server.DisposeAsync();

        Directory.Exists(folder).ShouldBeFalse();
        Directory.Exists($"/proc/{server.ProcessId}").ShouldBeFalse();
    }

    [Fact]
    public async Task DisposeAsync_StoreDirectoryGiven_KeepsIt()
    {
        var store = Directory.CreateTempSubdirectory("kept-store-");
        try
        {
            var server = await NatsServerProcess.StartAsync(new() { StoreDirectory = store.FullName });
            server.StoreDirectory.ShouldBe(store.FullName);

            await server.DisposeAsync();

            Directory.Exists(Path.Combine(store.FullName, "jetstream")).ShouldBeTrue();
        }
        finally
        {
            store.Delete(recursive: true);
        }
    }
}
