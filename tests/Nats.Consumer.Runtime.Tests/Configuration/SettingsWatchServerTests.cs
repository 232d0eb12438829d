using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Configuration;

/// <summary>Settings that change while the worker runs.</summary>
[Trait("Category", "Server")]
public class SettingsWatchServerTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Reload_SafeSettings_CountAtOnceAndOthersSaySo()
    {
        await using TestStream stream = await server.StreamAsync();
        using var gate = new SemaphoreSlim(0);
        int running = 0;
        int most = 0;
        var script = new Script(async (_, cancellationToken) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await gate.WaitAsync(cancellationToken);
            Interlocked.Decrement(ref running);
            return Outcome.Ack;
        });
        await using Worker worker = await new Worker(server.Url, stream.Setup(), script, settings: new() { ["Nats:Consumers:WorkConsumer:BatchSize"] = "7" }).StartAsync();
        await stream.PublishManyAsync(8);
        await script.CountAsync(1);

        worker.Configure(("Nats:Consumers:WorkConsumer:Concurrency", "4"));
        await script.CountAsync(4);
        worker.Log.Text.ShouldContain("WorkConsumer: Concurrency was 1 and is 4 from now on.");

        worker.Configure(("Nats:Consumers:WorkConsumer:Concurrency", "1"), ("Nats:Consumers:WorkConsumer:AckWait", "90s"));
        worker.Log.Text.ShouldContain("WorkConsumer: AckWait was changed from 30s to 90s, which counts from the next start on.");
        gate.Release(4);
        await Until.TrueAsync(() => Task.FromResult(Volatile.Read(ref running) == 1 && script.Count == 5), () => $"one at a time; {running} run, {script.Count} were seen");
        most = 0;
        gate.Release(4);
        await stream.SettledAsync();
        most.ShouldBe(1);

        worker.Configure(("Nats:Consumers:WorkConsumer:Concurrency", "0"));
        worker.Log.Text.ShouldContain("the new ones cannot be used: Nats:Consumers:WorkConsumer:Concurrency is 0; it must be at least 1.");
        worker.Configure(("Nats:Consumers:WorkConsumer:Concurrency", "1"), ("Nats:Consumers:WorkConsumer:BackoffDelays", "1ms"));
        worker.Log.Text.ShouldContain("WorkConsumer: Retry was 00:00:00.0100000 and is 00:00:00.0010000 from now on.");
    }

    [Fact]
    public async Task Start_WrongConfiguration_EndsWithAllThatIsWrong()
    {
        await using TestStream stream = await server.StreamAsync();
        await using var worker = new Worker(server.Url, stream.Setup(), settings: new() { ["Nats:RequestTimeout"] = "5", ["Nats:Ulr"] = "x" });

        (await worker.RunAsync()).ShouldBe(1);

        worker.Log.Text.ShouldContain("The worker cannot start: Nats:RequestTimeout is '5', which is no time.");
        worker.Log.Text.ShouldContain("Nats:Ulr is no setting. Did you mean 'Url'?");
    }
}
