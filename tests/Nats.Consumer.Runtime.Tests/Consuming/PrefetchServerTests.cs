using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Consuming;

/// <summary>Waiting in the buffer costs a message neither its deadline nor a second run.</summary>
[Trait("Category", "Server")]
public class PrefetchServerTests(TestServer server) : IClassFixture<TestServer>
{
    // A client that does not extend buffered messages handles 0,1,2,3,1,2,3,3 here: each message that waits is delivered again meanwhile.
    [Theory]
    [InlineData(ConsumerKind.Pull)]
    [InlineData(ConsumerKind.Push)]
    public async Task Buffer_LongerThanAckWait_RunsEachHandlerOnce(ConsumerKind kind)
    {
        await using TestStream stream = await server.StreamAsync();
        await stream.PublishManyAsync(4);
        await using Worker worker = await stream.WorkAsync(
            setup => (setup.Kind, setup.AckWait) = (kind, TimeSpan.FromSeconds(1)),
            new Script(async (_, cancellationToken) =>
            {
                await Task.Delay(600, cancellationToken); // the work
                return Outcome.Ack;
            }));
        await worker.Script.CountAsync(4);
        await stream.SettledAsync();
        worker.Script.Seen.Select(seen => (seen.Sequence, seen.Delivery)).ShouldBe([(1UL, 1), (2UL, 1), (3UL, 1), (4UL, 1)]);
        (await stream.ConsumerAsync()).Redelivered.ShouldBe(0);
    }

    // Not extended at all, what waits longer than its ack wait is not begun: the server has taken it back.
    [Fact]
    public async Task Buffer_NotExtended_BeginsNothingTooLate()
    {
        await using TestStream stream = await server.StreamAsync();
        await stream.PublishManyAsync(3);
        await using Worker worker = await stream.WorkAsync(
            setup => (setup.AckWait, setup.MaxAckExtension) = (TimeSpan.FromMilliseconds(500), TimeSpan.Zero),
            new Script(async (message, cancellationToken) =>
            {
                if (message is { StreamSequence: 1, DeliveryCount: 1 })
                    await Task.Delay(700, cancellationToken);
                return Outcome.Ack;
            }));
        await Until.TrueAsync(() => worker.Script.Distinct == 3, "all three");
        await stream.SettledAsync();
        worker.Log.Count("waited longer than its ack wait and is not started").ShouldBe(2);
        worker.Script.Seen.Where(seen => seen.Sequence > 1).ShouldAllBe(seen => seen.Delivery == 2);
    }
}
