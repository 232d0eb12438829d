using Nats.Consumer.Client;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Issues;

/// <summary>A negative ack of a delivery whose ack wait was over took the message from whoever had it by then, and it was delivered a third time beside.</summary>
[Trait("Category", "Server")]
public class LateNakTests(TestServer server) : IClassFixture<TestServer>
{
    // A buffered message whose ack wait is over is somebody else's; ending must not take it from them.
    [Fact]
    public async Task End_ExpiredMessageInTheBuffer_LeavesTheOtherDeliveryAlone()
    {
        await using TestStream stream = await server.StreamAsync();
        var hang = new TaskCompletionSource();
        var script = new Script(async (_, _) =>
        {
            await hang.Task;
            return Outcome.Ack;
        });
        Worker worker = await stream.WorkAsync(setup => (setup.BatchSize, setup.AckWait, setup.MaxAckExtension) = (1, TimeSpan.FromSeconds(3), TimeSpan.Zero), script);
        await stream.PublishAsync("work.running");
        await script.CountAsync(1);
        await stream.PublishAsync("work.buffered");
        await Task.Delay(500);
        NatsMessage first = await stream.TakeAsync(), second = await stream.TakeAsync(); // after the ack wait, by somebody else
        (first.Subject, second.Subject).ShouldBe(("work.running", "work.buffered"));
        second.ReplyTo!.ShouldContain(".worker.2.2.");
        Task ending = worker.DisposeAsync().AsTask();
        try
        {
            string third = "none";
            try
            {
                third = (await stream.TakeAsync().WaitAsync(TimeSpan.FromSeconds(1.5))).ReplyTo!;
            }
            catch (TimeoutException)
            {
                // as it should be
            }

            third.ShouldBe("none", "delivery 2 is being worked on");
        }
        finally
        {
            hang.SetResult();
            await ending;
        }
    }
}
