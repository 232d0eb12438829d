using Nats.Consumer.Client;
using Nats.Consumer.Tests.Fakes;

namespace Nats.Consumer.Tests.JetStream.Publishing;

public class PublishWindowAllocationTests
{
    private sealed record Order(int Id, string Customer);

    [Fact]
    public async Task Publish_RawAndConfirmed_AllocatesNothing()
    {
        byte[] payload = new byte[128];
        await using WindowLane lane = await WarmAsync();
        Measure(lane, () => lane.Window.PublishAsync("orders.created", payload)).ShouldBe(0);
    }

    [Fact]
    public async Task Publish_JsonAndConfirmed_AllocatesNothing()
    {
        var order = new Order(7, "Ada");
        await using WindowLane lane = await WarmAsync();
        Measure(lane, () => lane.Window.PublishAsync("orders.created", order)).ShouldBe(0);
    }

    private static async Task<WindowLane> WarmAsync()
    {
        var lane = new WindowLane(maxPending: 1, reports: false);
        await lane.PublishAsync();
        lane.Confirm(lane.Sent[0].ReplyTo, 1);
        lane.Connection.Records = false;
        return lane;
    }

    private static long Measure(WindowLane lane, Func<ValueTask> publish)
    {
        byte[] json = """{"stream":"S","seq":123}"""u8.ToArray();
        long bytes = Allocation.Of(1_000, () =>
        {
            publish().AsTask().IsCompletedSuccessfully.ShouldBeTrue();
            lane.Deliver(new ReceivedMessage("_INBOX.1.0"u8, [], [], json)); // one slot: always the same
        });
        lane.Window.Pending.ShouldBe(0);
        return bytes;
    }
}
