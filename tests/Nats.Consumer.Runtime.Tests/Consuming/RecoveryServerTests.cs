using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Consuming;

/// <summary>What the worker needs on the server is taken away under it.</summary>
[Trait("Category", "Server")]
[Collection(LongFirst.Collection + nameof(RecoveryServerTests))]
public class RecoveryServerTests(TestServer server, ITestOutputHelper output) : IClassFixture<TestServer>
{
    [Theory]
    [InlineData(ConsumerKind.Pull)]
    [InlineData(ConsumerKind.Push)]
    public async Task Consumer_Deleted_IsMadeAnewAndGoesOn(ConsumerKind kind)
    {
        await using TestStream stream = await server.StreamAsync();
        await using Worker worker = await stream.WorkAsync(setup => setup.Kind = kind);
        await stream.PublishAsync("work.1");
        await stream.SettledAsync();
        await stream.DeleteConsumerAsync();
        var deleted = new Seen("", "", 0, 0, Stopwatch.GetTimestamp());
        await stream.PublishAsync("work.2");
        await Until.TrueAsync(() => worker.Script.Distinct == 2, "the message after the consumer was made anew", 20);
        await stream.SettledAsync();
        output.WriteLine($"nats-server {server.Version}, {kind}: the next message was handled {worker.Script.Seen[^1].Since(deleted).TotalMilliseconds:0} ms after the consumer was deleted");
        if (kind == ConsumerKind.Pull)
            worker.Log.Worse(LogLevel.Warning).ShouldContain(line => line.Text.Contains("409 Consumer Deleted", StringComparison.Ordinal));
        worker.Log.Text.ShouldContain($"Consumer 'worker' of stream '{stream.Name}' was deleted. Its successor starts from its deliver policy (All), so that messages which were handled may come again.");
        (await stream.ConsumerAsync()).Config["max_deliver"]!.GetValue<int>().ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task Consumer_DeletedAndAtMostOnce_IsNotMadeAnewByItself()
    {
        await using TestStream stream = await server.StreamAsync();
        await using Worker worker = await stream.WorkAsync(setup => setup.Delivery = DeliveryMode.AtMostOnce);
        await stream.PublishAsync("work.1");
        await stream.SettledAsync(); // before its handler is called
        await worker.Script.CountAsync(1);
        await stream.DeleteConsumerAsync();
        await worker.Log.ContainsAsync($"The worker cannot go on: WorkConsumer: consumer 'worker' of stream '{stream.Name}' was deleted.");
        (await stream.ConsumerNamesAsync()).ShouldBeEmpty();
        worker.Script.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Stream_MadeAnewAndAtMostOnce_HasNewMessagesOnly()
    {
        await using TestStream stream = await server.StreamAsync();
        string name = stream.Name;
        await using Worker worker = await stream.WorkAsync(setup => setup.Delivery = DeliveryMode.AtMostOnce);
        await stream.PublishAsync("work.1");
        await stream.SettledAsync();
        await server.Api.DeleteStreamAsync(name, CancellationToken.None);
        await worker.Log.ContainsAsync("cannot be restored yet", 30);
        await server.Api.CreateStreamAsync(new JsonObject { ["name"] = name, ["subjects"] = new JsonArray("work.>") }, CancellationToken.None);
        await stream.PublishAsync("work.2");
        await worker.Script.CountAsync(2, 30);
        worker.Script.Seen.Select(seen => seen.Subject).ShouldBe(["work.1", "work.2"]);
    }

    [Theory]
    [InlineData(ConsumerKind.Pull)]
    [InlineData(ConsumerKind.Push)]
    public async Task Stream_Deleted_IsAnErrorAndGoesOnWhenItIsBack(ConsumerKind kind)
    {
        await using TestStream stream = await server.StreamAsync();
        string name = stream.Name;
        await using Worker worker = await stream.WorkAsync(setup => setup.Kind = kind);
        await stream.PublishAsync("work.1");
        await stream.SettledAsync();
        await server.Api.DeleteStreamAsync(name, CancellationToken.None);
        await worker.Log.ContainsAsync($"Consumer 'worker' of stream '{name}' does not deliver and cannot be restored yet: WorkConsumer: stream '{name}' does not exist.", 30);
        worker.Log.Worse(LogLevel.Error).ShouldNotBeEmpty();

        await server.Api.CreateStreamAsync(new JsonObject { ["name"] = name, ["subjects"] = new JsonArray("work.>") }, CancellationToken.None);
        await stream.PublishAsync("work.2");
        await worker.Script.CountAsync(2, 30);
        await stream.SettledAsync();
    }
}
