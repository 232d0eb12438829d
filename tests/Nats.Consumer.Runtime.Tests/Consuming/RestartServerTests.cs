using System.Diagnostics;
using Nats.Consumer.Client;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Consuming;

/// <summary>The server goes and comes back, with its files.</summary>
[Trait("Category", "Server")]
[Collection(nameof(Measured))]
public class RestartServerTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Kill_InTheMiddleOfTwoThousand_LosesNone()
    {
        await using TestServer server = await TestServer.StartAsync();
        await using TestStream stream = await server.StreamAsync();
        await stream.PublishManyAsync(2000);
        var half = new TaskCompletionSource();
        var script = new Script();
        script.Play = async (_, cancellationToken) =>
        {
            if (script.Count == 1000)
                half.SetResult();
            if (script.Count % 5 == 0)
                await Task.Delay(1, cancellationToken); // so that the kill finds some at work
            return Outcome.Ack;
        };
        await using Worker worker = await stream.WorkAsync(setup => (setup.Concurrency, setup.AckWait) = (4, TimeSpan.FromSeconds(2)), script);
        await half.Task.WaitAsync(TimeSpan.FromSeconds(20));
        ulong settled = (await stream.ConsumerAsync()).AckFloor;
        await server.Process.KillAsync();
        int before = script.Count;
        await server.Process.StartAgainAsync();
        await Until.TrueAsync(() => server.Connection.State == NatsConnectionState.Connected, "the test's own connection");
        await stream.SettledAsync(seconds: 20);
        script.Distinct.ShouldBe(2000);
        (await stream.ConsumerAsync()).AckFloor.ShouldBe(2000UL);
        output.WriteLine($"nats-server {server.Version}: killed after {before} of 2000, when it knew that {settled} were settled; {script.Count - 2000} were handled twice");
        await stream.PublishAsync("work.after");
        await Until.TrueAsync(() => script.Distinct == 2001, "the message after the restart");
    }

    [Theory]
    [InlineData(ConsumerKind.Pull)]
    [InlineData(ConsumerKind.Push)]
    [InlineData(ConsumerKind.Ordered)]
    public Task Restart_IdleConsumer_GetsTheNextMessageAtOnce(ConsumerKind kind) => GetsTheNextMessageAtOnceAsync(kind, 5);

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(ConsumerKind.Pull)]
    [InlineData(ConsumerKind.Push)]
    [InlineData(ConsumerKind.Ordered)]
    public Task Restart_IdleConsumerTwentyTimes_GetsTheNextMessageAtOnce(ConsumerKind kind) => GetsTheNextMessageAtOnceAsync(kind, 20);

    private async Task GetsTheNextMessageAtOnceAsync(ConsumerKind kind, int restarts)
    {
        await using TestServer server = await TestServer.StartAsync();
        await using TestStream stream = await server.StreamAsync();
        await using Worker worker = await stream.WorkAsync(setup => setup.Kind = kind);
        await stream.PublishAsync("work.0");
        await worker.Script.CountAsync(1);
        var times = new List<double>();
        for (int i = 1; i <= restarts; i++)
        {
            bool kill = i % 2 == 0;
            await (kill ? server.Process.KillAsync() : server.Process.StopAsync());
            await server.Process.StartAgainAsync(); // returns when the server accepts connections and has JetStream
            long back = Stopwatch.GetTimestamp();
            await PublishAsync(server, $"work.{i}");
            long published = Stopwatch.GetTimestamp();
            // A server that was killed may have lost what it knew of the last deliveries, and repeats them.
            await Until.TrueAsync(() => worker.Script.Seen.Any(seen => seen.Subject == $"work.{i}"), "the message");
            long handled = worker.Script.Seen.First(seen => seen.Subject == $"work.{i}").At;
            times.Add(Stopwatch.GetElapsedTime(back, handled).TotalMilliseconds);
            output.WriteLine(
                $"nats-server {server.Version}, {kind}: {(kill ? "SIGKILL" : "SIGTERM")} {i}: handler ran {times[^1]:0.0} ms after the server accepted connections, "
                + $"{Stopwatch.GetElapsedTime(published, handled).TotalMilliseconds:0.0} ms after the message was stored");
        }

        output.WriteLine($"nats-server {server.Version}, {kind}: median {times.Order().ElementAt(times.Count / 2):0.0} ms, worst {times.Max():0.0} ms, {times.Count(time => time < 100)} of {restarts} within 100 ms");
        times.Max().ShouldBeLessThan(1000);
    }

    [Fact]
    public async Task Restart_AckLost_IsDeliveredAgain()
    {
        await using TestServer server = await TestServer.StartAsync();
        await using TestStream stream = await server.StreamAsync();
        await stream.PublishAsync("work.x");
        TimeSpan ackWait = TimeSpan.FromMilliseconds(300);
        var killed = new TaskCompletionSource();
        await using Worker worker = await stream.WorkAsync(
            setup => setup.AckWait = ackWait,
            new Script(async (_, _) =>
            {
                if (killed.Task.IsCompleted)
                    return Outcome.Ack;
                await server.Process.KillAsync(CancellationToken.None);
                killed.SetResult();
                return Outcome.Ack; // waits for a connection, and is worth nothing when the ack wait is over
            }));
        await killed.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await Task.Delay(ackWait * 1.5);
        await server.Process.StartAgainAsync();
        if (Transport.DropsLateAcks)
            await worker.Script.CountAsync(2);
        await Until.TrueAsync(() => server.Connection.State == NatsConnectionState.Connected, "the test's own connection");
        await stream.SettledAsync();
        worker.Script.Seen.ShouldAllBe(seen => seen.Sequence == 1);
        if (Transport.DropsLateAcks)
            worker.Log.Text.ShouldContain("1 queued messages had expired");
    }

    // A client that is connected the moment the server is back: the test's own connection may still pause.
    private static async Task PublishAsync(TestServer server, string subject)
    {
        await using INatsConnection connection = Transport.Create(server.Url);
        await connection.ConnectAsync();
        await connection.RequestAsync(subject, "{}"u8, TimeSpan.FromSeconds(5));
    }
}
