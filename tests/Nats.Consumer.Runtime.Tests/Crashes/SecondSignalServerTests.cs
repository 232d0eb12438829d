using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Crashes;

/// <summary>Who asks twice does not want to wait for what runs.</summary>
[Trait("Category", "Server")]
public class SecondSignalServerTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task SigtermTwice_HandlerHangs_EndsAtOnceAndHandsItBack()
    {
        await using TestStream stream = await server.StreamAsync("crash.>");
        await stream.PublishAsync("crash.hang");
        await using CrashProcess worker = CrashProcess.Start(server.Url, new CrashSetup(stream.Name) { AckWaitMilliseconds = 60_000, WorkMilliseconds = 1 });
        await worker.ConsumesAsync();
        await Until.TrueAsync(() => worker.Count('S') == 1, "a handler at work", 30);

        await worker.SignalAsync();
        await Until.TrueAsync(() => worker.Log.Any(line => line.Contains("Application is shutting down", StringComparison.Ordinal)), "a shutdown that has begun");
        worker.HasExited.ShouldBeFalse("the first time it waits for the handler");
        await worker.SignalAsync();

        (await worker.ExitAsync()).ShouldBe(0);
        worker.Log.ShouldContain(line => line.Contains("Told to end a second time", StringComparison.Ordinal), "it has not waited for Nats:ShutdownTimeout");
        worker.Log.ShouldContain(line => line.Contains("CrashPull stopped: 0 finished, 1 handed back, 0 abandoned.", StringComparison.Ordinal));
        (await stream.TakeAsync()).ReplyTo!.ShouldContain(".2.1.2.", Case.Sensitive, "delivered again at once, not after the ack wait of a minute");
    }
}
