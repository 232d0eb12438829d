using System.Diagnostics;
using Nats.Consumer.Client.Tests.Support;
using Nats.Consumer.Testing;

namespace Nats.Consumer.Client.Tests.Server;

[Trait("Category", "Server")]
public sealed class RestartServerTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(NatsServerSignal.Kill)]
    [InlineData(NatsServerSignal.Stop)]
    public async Task Server_RestartedTenTimes_IdleSubscriptionReceivesSoonAfterItIsBack(NatsServerSignal way)
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync(new NatsServerOptions { JetStream = false });
        await using var connection = new NatsConnection(new NatsConnectionOptions { Url = server.Url });
        await connection.ConnectAsync();
        var sink = new RecordingSink();
        await connection.SubscribeAsync("idle.*", sink);
        await connection.FlushAsync();
        var events = new Support.EventLog(connection);
        var times = new List<double>();

        for (int round = 0; round < 10; round++)
        {
            await (way == NatsServerSignal.Kill ? server.KillAsync() : server.StopAsync());
            await events.NextAsync(NatsConnectionEventKind.Disconnected);
            await server.StartAgainAsync();
            long back = Stopwatch.GetTimestamp();
            await using var publisher = new NatsConnection(new NatsConnectionOptions { Url = server.Url });
            await publisher.ConnectAsync();
            Task<NatsMessage> first = sink.NextAsync();
            while (!first.IsCompleted)
            {
                await publisher.PublishAsync("idle.now", []);
                await Task.WhenAny(first, Task.Delay(2));
            }

            times.Add(Stopwatch.GetElapsedTime(back).TotalMilliseconds);
            await events.NextAsync(NatsConnectionEventKind.Reconnected);
            await publisher.FlushAsync();
            await connection.FlushAsync();
            sink.Rest();
        }

        times.Sort();
        output.WriteLine($"{way}: first message after the server was back: median {times[5]:0} ms, longest {times[^1]:0} ms ({string.Join(", ", times.Select(time => $"{time:0}"))}).");
        times[^1].ShouldBeLessThan(2_000, "this is no benchmark, but it must not wait for any timer of seconds");
        events.Kinds.Count.ShouldBe(20, "each transition is told once");
    }
}
