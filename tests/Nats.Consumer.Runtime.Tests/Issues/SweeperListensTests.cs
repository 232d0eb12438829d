using Nats.Consumer.Client;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Issues;

/// <summary>
/// A server gives up on a message when somebody pulls, and says so once (trap T7). The worker pulled first and listened afterwards, so that what its predecessor had left exhausted was never heard of again.
/// </summary>
[Trait("Category", "Server")]
public class SweeperListensTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Message_ExhaustedWhileNobodyPulled_IsSweptAtTheNextStart()
    {
        await using TestStream stream = await server.StreamAsync();
        await using (Worker first = await stream.WorkAsync(setup => setup.MaxDeliver = 1))
        {
        }

        int most = (int)(await stream.ConsumerAsync()).Config["max_deliver"]!;
        await stream.PublishAsync("work.crash", "precious", new NatsHeaders { ["Trace"] = "abc" });
        for (int i = 0; i < most; i++)
            await stream.TakeAndNakAsync();
        (await stream.ConsumerAsync()).AckPending.ShouldBe(1, "the server has not given up on it yet");

        await using Worker second = await stream.WorkAsync(setup => setup.MaxDeliver = 1);
        await Until.TrueAsync(async () => await stream.DeadLetterCountAsync() == 1, "the dead letter");
        (string subject, NatsHeaders headers, string payload) = await stream.DeadLetterAsync();
        (subject, payload, headers["Trace"]).ShouldBe(($"dead-letters.{stream.Name}.worker.work.crash", "precious", "abc"));
        headers["Nats-Msg-Id"].ShouldBe(await stream.DeadLetterIdAsync());
        headers["Dead-Letter-Reason"].ShouldBe($"The server gave up on it after {most} deliveries, none of which was settled.");
        second.Script.Count.ShouldBe(0);
    }
}
