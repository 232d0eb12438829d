using Nats.Consumer.Client;
using Nats.Consumer.Tests.Fakes;

namespace Nats.Consumer.Tests.Issues;

/// <summary>
/// A server confirms late acknowledgements as well (trap T13). At most once, a message whose confirmation came after its ack wait was handled, although somebody else could have got it meanwhile.
/// </summary>
public class LateConfirmationTests
{
    [Theory]
    [InlineData(29_999, 1)]
    [InlineData(30_000, 0)]
    public async Task AtMostOnce_ConfirmedAfterTheAckWait_IsNotHandled(int milliseconds, int calls)
    {
        int called = 0;
        Lane lane = new Lane(new StubConsumer { Mode = DeliveryMode.AtMostOnce }).Handle(_ =>
        {
            called++;
            return Outcome.Ack;
        });
        lane.Connection.Answer = _ =>
        {
            lane.Time.Advance(TimeSpan.FromMilliseconds(milliseconds));
            return NatsReply.Ok(new NatsMessage("_INBOX.1", null, null, ReadOnlyMemory<byte>.Empty));
        };
        await lane.ProcessAsync();
        called.ShouldBe(calls);
        lane.Settlements.ShouldBe(["+ACK"]);
    }
}
