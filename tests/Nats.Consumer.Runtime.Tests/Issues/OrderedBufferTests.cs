using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Issues;

/// <summary>An ordered consumer counted a message as taken when it was put into its lane, and no <c>max_ack_pending</c> holds an ordered consumer back: a slow handler got the whole stream into memory.</summary>
[Trait("Category", "Server")]
public class OrderedBufferTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task SlowHandler_DoesNotTakeTheWholeStreamIntoMemory()
    {
        await using TestStream stream = await server.StreamAsync();
        await stream.PublishManyAsync(2000);
        await using Wiretap tap = await Wiretap.StartAsync(server, stream);
        var go = new TaskCompletionSource();
        await using Worker worker = await stream.WorkAsync(
            setup => (setup.Kind, setup.BatchSize) = (ConsumerKind.Ordered, 50),
            new Script(async (_, cancellationToken) =>
            {
                await go.Task.WaitAsync(cancellationToken);
                return Outcome.Ack;
            }));
        await worker.Script.CountAsync(1);
        await Until.TrueAsync(() => tap.Passed.Count >= 50, "a full window");
        await Task.Delay(200); // more than it takes to bring a stream that flows
        int buffered = tap.Passed.Count;
        go.SetResult();
        buffered.ShouldBeInRange(50, 51);
        await worker.Script.CountAsync(2000);
        worker.Script.Seen.Select(seen => seen.Sequence).ShouldBe(Enumerable.Range(1, 2000).Select(i => (ulong)i));
    }
}
