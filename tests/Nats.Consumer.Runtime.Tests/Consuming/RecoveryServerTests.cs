using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Consuming;

/// <summary>What the worker needs on the server is taken away under it.</summary>
[Trait("Category", "Server")]
public class RecoveryServerTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Consumer_Deleted_IsMadeAnewAndGoesOn()
    {
        await using TestStream stream = await server.StreamAsync();
        await using Worker worker = await stream.WorkAsync();
        await stream.PublishAsync("work.1");
        await stream.SettledAsync();
        await stream.DeleteConsumerAsync();
        await stream.PublishAsync("work.2");
        await Until.TrueAsync(() => worker.Script.Distinct == 2, "the message after the consumer was made anew");
        await stream.SettledAsync();
        worker.Log.Worse(LogLevel.Warning).ShouldContain(line => line.Text.Contains("409 Consumer Deleted", StringComparison.Ordinal));
        (await stream.ConsumerAsync()).Config["max_deliver"]!.GetValue<int>().ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task Stream_Deleted_IsAnErrorAndGoesOnWhenItIsBack()
    {
        await using TestStream stream = await server.StreamAsync();
        string name = stream.Name;
        await using Worker worker = await stream.WorkAsync();
        await stream.PublishAsync("work.1");
        await stream.SettledAsync();
        await server.Api.DeleteStreamAsync(name, CancellationToken.None);
        await worker.Log.ContainsAsync($"Consumer 'worker' of stream '{name}' does not deliver and cannot be restored yet: WorkConsumer: stream '{name}' does not exist.");
        worker.Log.Worse(LogLevel.Error).ShouldNotBeEmpty();

        await server.Api.CreateStreamAsync(new JsonObject { ["name"] = name, ["subjects"] = new JsonArray("work.>") }, CancellationToken.None);
        await stream.PublishAsync("work.2");
        await worker.Script.CountAsync(2);
        await stream.SettledAsync();
    }
}
