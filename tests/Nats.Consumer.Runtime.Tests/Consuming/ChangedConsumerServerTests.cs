using System.Text.Json.Nodes;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Consuming;

/// <summary>Somebody changes the durable on the server while a worker consumes from it.</summary>
[Trait("Category", "Server")]
[Trait("Category", "Slow")]
public class ChangedConsumerServerTests
{
    // The worker looks every 10 s.
    [Fact]
    public async Task AckWait_Lowered_IsWhatCounts()
    {
        await using TestServer server = await TestServer.StartAsync();
        await using TestStream stream = await server.StreamAsync();
        await using Worker worker = await stream.WorkAsync(
            setup => setup.Concurrency = 2,
            new Script(async (_, cancellationToken) =>
            {
                await Task.Delay(4000, cancellationToken); // twice the new ack wait, and less than a third of the old one
                return Outcome.Ack;
            }));
        await ChangeAsync(server, stream, config => config["ack_wait"] = 2_000_000_000);
        await worker.Log.ContainsAsync($"Consumer 'worker' of stream '{stream.Name}' was changed on the server: its ack wait was 00:00:30 and is 00:00:02", 20);
        await Task.Delay(TimeSpan.FromSeconds(5.5)); // the next look at what is held, at a sixth of the old ack wait
        await stream.PublishAsync("work.x");
        await worker.Script.CountAsync(1);
        await stream.SettledAsync();
        worker.Script.Count.ShouldBe(1);
        (await stream.ConsumerAsync()).Redelivered.ShouldBe(0);
    }

    // The server keeps to the old group until it starts again, then finds nobody in the new one, and an update does not help: the same on 2.9.10 and 2.15.1.
    [Fact]
    public async Task PushConsumer_AnotherDeliverGroup_IsAClearError()
    {
        await using TestServer server = await TestServer.StartAsync();
        await using TestStream stream = await server.StreamAsync();
        await using Worker worker = await stream.WorkAsync(setup => setup.Kind = ConsumerKind.Push);
        await stream.PublishAsync("work.1");
        await stream.SettledAsync();
        await ChangeAsync(server, stream, config => config["deliver_group"] = "others");
        await stream.PublishAsync("work.2");
        await Until.TrueAsync(() => worker.Script.Distinct == 2, () => $"the second message. The log:\n{worker.Log.Text}", 30);
        await server.Process.StopAsync();
        await server.Process.StartAgainAsync();
        string error = $"WorkConsumer: consumer 'worker' of stream '{stream.Name}' exists with another deliver_group (\"others\" instead of \"worker\"), which the server cannot change.";
        await worker.Log.ContainsAsync($"The worker cannot go on: {error}", 30);

        await using var next = new Worker(server.Url, stream.Setup(setup => setup.Kind = ConsumerKind.Push));
        (await next.RunAsync()).ShouldBe(1);
        next.Log.Text.ShouldContain($"The worker cannot start: {error}");
    }

    private static async Task ChangeAsync(TestServer server, TestStream stream, Action<JsonObject> change)
    {
        JsonObject config = (await stream.ConsumerAsync()).Config;
        change(config);
        await server.Api.UpdateConsumerAsync(stream.Name, config, CancellationToken.None);
    }
}
