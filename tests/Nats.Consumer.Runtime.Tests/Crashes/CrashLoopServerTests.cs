using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Crashes;

/// <summary>One message among many brings every worker down that handles it.</summary>
[Trait("Category", "Server")]
[Trait("Category", "Slow")]
public class CrashLoopServerTests(TestServer server, ITestOutputHelper output) : IClassFixture<TestServer>
{
    // They are delivered together, again and again, and what counts the deliveries is the server.
    [Theory]
    [InlineData(ConsumerKind.Pull)]
    [InlineData(ConsumerKind.Push)]
    public async Task WorkerIsBroughtDownAgainAndAgain_OnlyTheCulpritIsADeadLetter(ConsumerKind kind)
    {
        const int Before = 6, After = 30;
        await using TestStream stream = await server.StreamAsync("crash.>", config => config["retention"] = "workqueue");
        for (int i = 0; i < Before; i++)
            await stream.PublishAsync("crash.ok");
        ulong culprit = await stream.PublishAsync("crash.kill");
        for (int i = 0; i < After; i++)
            await stream.PublishAsync("crash.ok");
        var setup = new CrashSetup(stream.Name) { Kind = kind, MaxDeliver = 2, AckWaitMilliseconds = 1000, WorkMilliseconds = 400 };
        var workers = new List<CrashProcess>();
        try
        {
            do
            {
                var worker = CrashProcess.Start(server.Url, setup);
                workers.Add(worker);
                workers.Count.ShouldBeLessThan(15, string.Join('\n', workers[0].Log));
                await Until.TrueAsync(
                    async () => worker.HasExited || await stream.DeadLetterCountAsync() > 0 && (await stream.InfoAsync()).Messages == 0, () => string.Join('\n', worker.Log), 60);
            }
            while (workers[^1].HasExited);
            (await workers[^1].TerminateAsync()).ShouldBe(0);
            Entry[] entries = [.. workers.SelectMany(worker => worker.Entries)];
            int most = entries.Where(entry => entry.Sequence != culprit).Max(entry => entry.Delivery);
            output.WriteLine(
                $"nats-server {server.Version}, {kind}: {workers.Count - 1} workers went down, the message was begun {entries.Count(entry => entry.Verb == 'S' && entry.Sequence == culprit)} times; "
                + $"its neighbours were delivered up to {most} times, and 2 attempts are allowed");
            (await stream.DeadLetterSequencesAsync()).ShouldBe([culprit]);
            entries.Where(entry => entry.Verb == 'E').Select(entry => entry.Sequence).Distinct().Count().ShouldBe(Before + After);
        }
        finally
        {
            foreach (CrashProcess worker in workers)
                await worker.DisposeAsync();
        }
    }
}
