using Nats.Consumer.Client.Tests.Support;
using Nats.Consumer.Testing;

namespace Nats.Consumer.Client.Tests.Server;

[Trait("Category", "Server")]
public sealed class RestartTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Server_KilledAndStartedAgain_FindsTheSubscriptionAlive()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync(new NatsServerOptions { JetStream = false });
        await using var subscriber = new NatsConnection(new NatsConnectionOptions { Url = server.Url });
        await using var publisher = new NatsConnection(new NatsConnectionOptions { Url = server.Url });
        var events = new EventLog(subscriber);
        var publisherEvents = new EventLog(publisher);
        var sink = new RecordingSink();
        await subscriber.ConnectAsync().WithinDeadline();
        await publisher.ConnectAsync().WithinDeadline();
        await subscriber.SubscribeAsync("alive", sink);
        await subscriber.FlushAsync().WithinDeadline();
        await publisher.PublishAsync("alive", "before"u8);
        (await sink.NextTextAsync()).ShouldBe("before");

        await server.KillAsync();
        await events.NextAsync(NatsConnectionEventKind.Connected);
        await events.NextAsync(NatsConnectionEventKind.Disconnected);
        await publisherEvents.NextAsync(NatsConnectionEventKind.Connected);
        await publisherEvents.NextAsync(NatsConnectionEventKind.Disconnected);
        await server.StartAgainAsync();

        // The server is back: how long until a message gets through again?
        long back = TimeProvider.System.GetTimestamp();
        Task<string> first = sink.NextTextAsync();
        while (!first.IsCompleted)
        {
            await publisher.PublishAsync("alive", "after"u8);
            await Task.WhenAny(first, Task.Delay(1));
        }

        TimeSpan taken = TimeProvider.System.GetElapsedTime(back);
        (await first).ShouldBe("after");
        output.WriteLine($"First message {taken.TotalMilliseconds:0.0} ms after the server was back.");
        taken.ShouldBeLessThan(TimeSpan.FromSeconds(5));
        await events.NextAsync(NatsConnectionEventKind.Reconnected);
    }

    [Fact]
    public async Task Server_StoppedInGoodOrder_IsFoundAgainWithWhatWasQueued()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync(new NatsServerOptions { JetStream = false });
        await using var connection = new NatsConnection(new NatsConnectionOptions { Url = server.Url });
        var events = new EventLog(connection);
        var sink = new RecordingSink();
        await connection.ConnectAsync().WithinDeadline();
        await connection.SubscribeAsync("queued", sink);
        await server.StopAsync();
        await events.NextAsync(NatsConnectionEventKind.Connected);
        await events.NextAsync(NatsConnectionEventKind.Disconnected);
        for (int i = 0; i < 100; i++)
            await connection.PublishAsync("queued", [(byte)('0' + (i % 10))]);
        await server.StartAgainAsync();
        for (int i = 0; i < 100; i++)
            (await sink.NextTextAsync()).ShouldBe($"{i % 10}");
    }

    [Fact]
    public async Task Server_Frozen_IsNoticedByItsSilence()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no way to freeze a process on Windows.");
        await using NatsServerProcess server = await NatsServerProcess.StartAsync(new NatsServerOptions { JetStream = false });
        await using var connection = new NatsConnection(new NatsConnectionOptions { Url = server.Url, PingInterval = TimeSpan.FromMilliseconds(50), ConnectTimeout = TimeSpan.FromMilliseconds(200) });
        var events = new EventLog(connection);
        await connection.ConnectAsync().WithinDeadline();
        await events.NextAsync(NatsConnectionEventKind.Connected);
        await server.SignalAsync(NatsServerSignal.Pause);
        (await events.NextAsync(NatsConnectionEventKind.Disconnected)).Error.ShouldNotBeNull().Message.ShouldContain("2 PINGs unanswered");
        await server.SignalAsync(NatsServerSignal.Continue);
        await events.NextAsync(NatsConnectionEventKind.Reconnected);
        await connection.FlushAsync().WithinDeadline();
    }
}
