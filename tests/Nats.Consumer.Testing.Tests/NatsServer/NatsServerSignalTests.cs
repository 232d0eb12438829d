using System.Diagnostics;

namespace Nats.Consumer.Testing.Tests;

[Trait("Category", "Server")]
public class NatsServerSignalTests
{
    [Fact]
    public async Task SignalAsync_PauseThenContinue_AnswersOnlyAfterwards()
    {
        await using var server = await NatsServerProcess.StartAsync();
        using var client = await RawClient.ConnectAsync(server.Port);
        (await client.ReadAsync()).ShouldBe("PONG");

        await server.SignalAsync(NatsServerSignal.Pause);
        await client.SendAsync("PING\r\n");
        var pong = client.ReadAsync();
        await Task.Delay(200);
        pong.IsCompleted.ShouldBeFalse();
        server.IsRunning.ShouldBeTrue();

        await server.SignalAsync(NatsServerSignal.Continue);
        (await pong).ShouldBe("PONG");
    }

    [Fact]
    public async Task StopAsync_Paused_EndsTheServerInGoodOrder()
    {
        await using var server = await NatsServerProcess.StartAsync();
        await server.SignalAsync(NatsServerSignal.Pause);
        var begin = Stopwatch.GetTimestamp();

        await server.StopAsync();

        server.LogText.ShouldContain("Server Exiting");
        Stopwatch.GetElapsedTime(begin).ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task SignalAsync_LameDuck_TellsClients()
    {
        await using var server = await NatsServerProcess.StartAsync();
        using var client = await RawClient.ConnectAsync(server.Port, """{"protocol":1}""");
        await ReadUntilAsync(client, "PONG");

        await server.SignalAsync(NatsServerSignal.LameDuck);

        await ReadUntilAsync(client, "\"ldm\":true");
    }

    [Fact]
    public async Task SignalAsync_NotRunning_DoesNothing()
    {
        await using var server = await NatsServerProcess.StartAsync();
        await server.StopAsync();

        await server.SignalAsync(NatsServerSignal.Reload);
        await server.SignalAsync(NatsServerSignal.Kill);
    }

    private static async Task ReadUntilAsync(RawClient client, string text)
    {
        string line;
        while (!(line = await client.ReadAsync()).Contains(text))
            line.ShouldNotBe("(closed)");
    }
}
