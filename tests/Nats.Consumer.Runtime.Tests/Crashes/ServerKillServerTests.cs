using System.Collections.Concurrent;
using Nats.Consumer.Client;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Crashes;

/// <summary>The server is killed again and again under a worker at full work. A server that is killed forgets the last settlements, and delivers those messages again.</summary>
[Trait("Category", "Server")]
[Trait("Category", "Slow")]
public class ServerKillServerTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(ConsumerKind.Pull)]
    [InlineData(ConsumerKind.Push)]
    public async Task Killed_FifteenTimes_EveryMessageIsHandledOrADeadLetterOnce(ConsumerKind kind)
    {
        const int Count = 4000, Kills = 15;
        await using TestServer server = await TestServer.StartAsync();
        await using TestStream stream = await server.StreamAsync();
        for (int from = 0; from < Count; from += 500)
            await stream.PublishManyAsync(500, from);
        var handled = new ConcurrentDictionary<ulong, int>();
        var script = new Script(async (message, cancellationToken) =>
        {
            await Task.Delay((int)(message.StreamSequence % 12), cancellationToken);
            if (message.StreamSequence % 10 == 0 || (message.StreamSequence % 7 == 0 && message.DeliveryCount == 1))
                throw new InvalidOperationException("no way, or not yet");
            handled.AddOrUpdate(message.StreamSequence, 1, (_, count) => count + 1);
            return Outcome.Ack;
        });
        await using Worker worker = await stream.WorkAsync(
            setup => (setup.Kind, setup.Concurrency, setup.AckWait, setup.MaxDeliver, setup.MaxAckPending) = (kind, 4, TimeSpan.FromSeconds(2), 20, 200), script);
        var random = new Random((int)kind);
        int running = 0;
        for (int i = 0; i < Kills; i++)
        {
            int before = script.Count;
            await Until.TrueAsync(() => script.Count > before + random.Next(50), "work", 30);
            running += handled.Count < Count * 9 / 10 ? 1 : 0;
            await server.Process.KillAsync();
            await server.Process.StartAgainAsync();
        }

        await Until.TrueAsync(() => server.Connection.State == NatsConnectionState.Connected, "the test's own connection");
        await stream.SettledAsync(seconds: 90);
        ulong[] dead = [.. await stream.DeadLetterSequencesAsync()];
        output.WriteLine(
            $"nats-server {server.Version}, {kind}: {Kills} kills, {running} of them in the middle of it; {script.Count} runs for {Count} messages, {handled.Values.Count(count => count > 1)} of them handled more than once; {dead.Length} dead letters");
        running.ShouldBeGreaterThan(Kills / 2, "or else this proves nothing");
        dead.Order().ShouldBe(Enumerable.Range(1, Count / 10).Select(i => (ulong)i * 10), "each that always fails, once");
        handled.Keys.Order().ShouldBe(Enumerable.Range(1, Count).Where(i => i % 10 != 0).Select(i => (ulong)i));
    }
}
