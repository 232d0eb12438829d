using System.Diagnostics;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Crashes;

/// <summary>Workers that end, by SIGKILL or by SIGTERM, and those that go on with their messages.</summary>
[Trait("Category", "Server")]
[Trait("Category", "Slow")]
public class TakeOverServerTests(TestServer server, ITestOutputHelper output) : IClassFixture<TestServer>
{
    [Theory]
    [InlineData(ConsumerKind.Pull)]
    [InlineData(ConsumerKind.Push)]
    public async Task TwoWorkers_OneIsKilled_TheOtherTakesOver(ConsumerKind kind)
    {
        const int Count = 600;
        await using TestStream stream = await WorkQueueAsync();
        var setup = new CrashSetup(stream.Name) { Kind = kind, AckWaitMilliseconds = 2000, WorkMilliseconds = 20 };
        await using CrashProcess first = CrashProcess.Start(server.Url, setup), second = CrashProcess.Start(server.Url, setup);
        await Task.WhenAll(first.ConsumesAsync(), second.ConsumesAsync());
        for (int i = 0; i < Count; i++)
            await stream.PublishAsync("crash.ok");
        await Until.TrueAsync(() => first.Count('E') > 50 && second.Count('E') > 50, "both at work", 30);
        await first.KillAsync();
        long killed = Stopwatch.GetTimestamp();
        await stream.SettledAsync(seconds: 30);
        output.WriteLine($"nats-server {server.Version}, {kind}: {first.Count('E')} and {second.Count('E')} of {Count}, all done {Stopwatch.GetElapsedTime(killed).TotalSeconds:0.0} s after the kill");
        ulong[] ended = [.. first.Entries.Concat(second.Entries).Where(entry => entry.Verb == 'E').Select(entry => entry.Sequence)];
        ended.Distinct().Count().ShouldBe(Count);
        ended.Length.ShouldBeLessThanOrEqualTo(Count + 4, "only what ended and was not settled yet when the worker was killed");
        (await second.TerminateAsync()).ShouldBe(0);
    }

    [Theory]
    [InlineData(ConsumerKind.Pull)]
    [InlineData(ConsumerKind.Push)]
    public async Task Terminate_UnderLoad_ExitsWithZeroAndLosesNothing(ConsumerKind kind)
    {
        const int Stops = 8, PerStop = 300, Buffered = 24;
        await using TestStream stream = await WorkQueueAsync();
        var setup = new CrashSetup(stream.Name) { Kind = kind, AckWaitMilliseconds = 30_000, MaxDeliver = 100, WorkMilliseconds = 20 };
        var entries = new List<Entry>();
        var times = new List<double>();
        for (int i = 0; i <= Stops; i++)
        {
            await using CrashProcess worker = CrashProcess.Start(server.Url, setup);
            await worker.ConsumesAsync();
            if (i == Stops)
                await stream.SettledAsync(seconds: 60);
            else
                await LoadAsync(stream, worker, PerStop);
            long begin = Stopwatch.GetTimestamp();
            (await worker.TerminateAsync()).ShouldBe(0);
            times.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
            worker.Log.ShouldContain(line => line.Contains(" 0 abandoned.", StringComparison.Ordinal));
            entries.AddRange(worker.Entries);
        }

        ulong[] ended = [.. entries.Where(entry => entry.Verb == 'E').Select(entry => entry.Sequence)];
        output.WriteLine($"nats-server {server.Version}, {kind}: {Stops} stops took {times.Min():0} to {times.Max():0} ms; {ended.Length} runs for {Stops * PerStop} messages");
        (await stream.InfoAsync()).Messages.ShouldBe(0);
        ended.Distinct().Count().ShouldBe(Stops * PerStop);
        ended.Length.ShouldBeLessThanOrEqualTo(Stops * (PerStop + Buffered));
        entries.Count.ShouldBe(2 * ended.Length, "what had begun has ended");
    }

    private static async Task LoadAsync(TestStream stream, CrashProcess worker, int count)
    {
        for (int i = 0; i < count; i++)
            await stream.PublishAsync("crash.ok");
        await Until.TrueAsync(() => worker.Count('E') > 20, "work", 30);
    }

    private Task<TestStream> WorkQueueAsync() => server.StreamAsync("crash.>", config => config["retention"] = "workqueue");
}
