using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Crashes;

/// <summary>Workers are killed with SIGKILL at random points, two hundred times with pull when they soak; what is left on the server and in their diaries must add up.</summary>
[Trait("Category", "Server")]
[Trait("Category", "Slow")]
public class CrashServerTests(TestServer server, CrashTally tally, ITestOutputHelper output) : IClassFixture<TestServer>, IClassFixture<CrashTally>
{
    private static readonly string[] Mixed = ["ok", "ok", "ok", "flaky", "fail"];

    // In four parts, because a test that takes more than four minutes counts as hung.
    [Theory]
    [InlineData(ConsumerKind.Pull, 52, 1)]
    [InlineData(ConsumerKind.Pull, 52, 2)]
    [InlineData(ConsumerKind.Pull, 52, 3)]
    [InlineData(ConsumerKind.Pull, 52, 4)]
    [InlineData(ConsumerKind.Push, 48, 5)]
    public async Task AtLeastOnce_EveryMessageIsHandledOrADeadLetterOnce(ConsumerKind kind, int most, int seed)
    {
        int kills = Kills.Of(most);
        await using TestStream stream = await WorkQueueAsync();
        await using var run = new CrashRun(server, stream, new CrashSetup(stream.Name) { Kind = kind }, Mixed, seed);
        await run.KillAsync(kills);
        if (kind == ConsumerKind.Pull)
            output.WriteLine(tally.Add(kills, parts: 4, atLeast: Kills.Of(200)));
        IReadOnlyList<ulong> dead = await stream.DeadLetterSequencesAsync();
        var handled = run.Entries.Where(entry => entry.Verb == 'E').Select(entry => entry.Sequence).ToHashSet();
        ulong[] failing = [.. run.Published.Where(message => message.Value == "fail").Select(message => message.Key)];
        output.WriteLine($"{run.Report()}; {dead.Count} dead letters, {dead.Except(failing).Count()} of them had only seen their workers killed");
        run.Killed.ShouldBeGreaterThan(kills / 2, "or else this proves nothing");

        (await stream.InfoAsync()).Messages.ShouldBe(0, "each is acknowledged or terminated");
        dead.Distinct().Count().ShouldBe(dead.Count, "none is there twice");
        run.Published.Keys.Except(handled).Except(dead).ShouldBeEmpty("none is lost");
        failing.Except(dead).ShouldBeEmpty("what always fails is a dead letter");
        ulong[] begunAlone = [.. run.Entries.Where(entry => entry.Verb == 'S' && entry.Delivery > new CrashSetup("").MaxDeliver).Select(entry => entry.Sequence)];
        dead.Except(failing).Except(begunAlone).ShouldBeEmpty("another one is given up only when its worker went down while it ran alone");
        handled.Intersect(failing).ShouldBeEmpty();
    }

    private Task<TestStream> WorkQueueAsync() => server.StreamAsync("crash.>", config => config["retention"] = "workqueue");
}
