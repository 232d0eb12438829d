using Nats.Consumer.Testing;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Consuming;

[Trait("Category", "Server")]
[Collection(LongFirst.Collection + nameof(FrozenServerTests))]
public class FrozenServerTests
{
    [Fact]
    public async Task Server_Frozen_IsNoticedAndRecoversWhenItGoesOn()
    {
        await using TestServer server = await TestServer.StartAsync();
        await using TestStream stream = await server.StreamAsync();
        await using Worker worker = await stream.WorkAsync();
        await stream.PublishAsync("work.1");
        await worker.Script.CountAsync(1);
        await server.Process.SignalAsync(NatsServerSignal.Pause);
        await worker.Log.ContainsAsync("no heartbeat for", 20);
        await server.Process.SignalAsync(NatsServerSignal.Continue);
        await stream.PublishAsync("work.2");
        await worker.Script.CountAsync(2);
        await stream.SettledAsync();
        worker.Script.Count.ShouldBe(2);
    }
}
