using System.Diagnostics;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Hosting;

/// <summary>A worker ends while its connection is away.</summary>
[Trait("Category", "Server")]
public class LastWordsServerTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(ConsumerKind.Pull)]
    [InlineData(ConsumerKind.Push)]
    public async Task Stop_ServerIsAwayAndComesBack_SettlesWhatWasFinishedAndWhatWasBuffered(ConsumerKind kind)
    {
        await using TestServer server = await TestServer.StartAsync();
        await using TestStream stream = await server.StreamAsync();
        var go = new TaskCompletionSource();
        Worker worker = await stream.WorkAsync(setup => setup.Kind = kind, new Script(async (_, cancellationToken) =>
        {
            await go.Task.WaitAsync(cancellationToken);
            return Outcome.Ack;
        }));
        await stream.PublishManyAsync(3);
        await worker.Script.CountAsync(1);
        await Until.TrueAsync(async () => (await stream.ConsumerAsync()).AckPending == 3, "one at work, two buffered");
        await server.Process.StopAsync();
        await worker.Log.ContainsAsync("ost the connection");
        ValueTask stopping = worker.DisposeAsync();
        go.SetResult();
        await worker.Log.ContainsAsync("There is no connection, and settlements wait for one.");
        await server.Process.StartAgainAsync();
        await stopping;

        worker.Log.Text.ShouldContain("stopped: 1 finished, 2 handed back, 0 abandoned.");
        worker.Log.Text.ShouldNotContain("The last settlements may not have reached the server");
        await Until.TrueAsync(async () => await TryTakeAsync(stream) >= 2, "the second message, at once; the ack wait is 30 s");
    }

    [Fact]
    public async Task Stop_ServerStaysAway_EndsWhenNothingIsWorthWaitingFor()
    {
        await using TestServer server = await TestServer.StartAsync();
        await using TestStream stream = await server.StreamAsync();
        var go = new TaskCompletionSource();
        Worker worker = await stream.WorkAsync(setup => setup.AckWait = TimeSpan.FromSeconds(2), new Script(async (_, cancellationToken) =>
        {
            await go.Task.WaitAsync(cancellationToken);
            return Outcome.Ack;
        }));
        await stream.PublishAsync("work.x");
        await worker.Script.CountAsync(1);
        await server.Process.StopAsync();
        await worker.Log.ContainsAsync("ost the connection");
        long begin = Stopwatch.GetTimestamp();
        ValueTask stopping = worker.DisposeAsync();
        go.SetResult();
        await stopping;
        TimeSpan took = Stopwatch.GetElapsedTime(begin);
        output.WriteLine($"nats-server {server.Version}: stopped after {took.TotalSeconds:0.0} s; the ack wait is 2 s, the shutdown's time-out 25 s");
        worker.Log.Text.ShouldContain("The last settlements may not have reached the server");
        took.ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }

    // Nothing fits into the outbox, and so each message that is handed back would wait for the end of the outage.
    [Fact]
    [Trait("Client", "BuiltIn")]
    public async Task Stop_ServerIsAwayAndTheOutboxIsFull_KeepsToTheDeadline()
    {
        await using TestServer server = await TestServer.StartAsync();
        await using TestStream stream = await server.StreamAsync();
        Worker worker = await stream.WorkAsync(
            setup => (setup.AckWait, setup.BatchSize, setup.MaxAckPending) = (TimeSpan.FromMinutes(5), 3000, 3000),
            new Script(async (_, cancellationToken) =>
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
                return Outcome.Ack;
            }),
            nats => nats.Configure(options => options.ShutdownTimeout = TimeSpan.FromSeconds(1)).ConfigureConnection(connection => connection.MaxPendingBytes = 64 * 1024));
        await stream.PublishManyAsync(3000); // some 60 bytes to give each of them back
        await worker.Script.CountAsync(1);
        await Until.TrueAsync(async () => (await stream.ConsumerAsync()).AckPending == 3000, "one at work, the others buffered");
        await server.Process.StopAsync();
        await worker.Log.ContainsAsync("ost the connection");
        long begin = Stopwatch.GetTimestamp();
        await worker.DisposeAsync();
        TimeSpan took = Stopwatch.GetElapsedTime(begin);
        output.WriteLine($"nats-server {server.Version}: stopped after {took.TotalSeconds:0.0} s");
        took.ShouldBeLessThan(TimeSpan.FromSeconds(15), "and not after the five minutes for which a negative ack is worth sending");
        worker.Log.Text.ShouldContain("stopped: 0 finished, ");
        worker.Log.Text.ShouldNotContain(" 0 abandoned.", Case.Sensitive, "not all found room");
    }

    private static async Task<int> TryTakeAsync(TestStream stream)
    {
        try
        {
            return (await stream.TakeAsync()).Subject == "work.0" ? 0 : 2;
        }
        catch (Exception e) when (e is Client.NatsException or TimeoutException)
        {
            return 0; // the test's own connection is not back yet
        }
    }
}
