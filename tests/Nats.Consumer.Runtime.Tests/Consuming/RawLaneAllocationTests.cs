using Nats.Consumer.Client;
using Nats.Consumer.Consuming;
using Nats.Consumer.JetStream;
using Nats.Consumer.Tests.Fakes;
using Nats.Consumer.Tests.Handling;

namespace Nats.Consumer.Tests.Consuming;

/// <summary>A message from the sink of the subscription to its ack: a singleton handler that takes a MessageContext costs no garbage.</summary>
public class RawLaneAllocationTests
{
    [Theory]
    [InlineData("orders.created")] // exact, task
    [InlineData("orders.deleted")] // wildcard, value task
    [InlineData("orders.42.shipped")] // token, outcome
    public async Task Lane_RawHandler_AllocatesNothing(string subject)
    {
        Assert.SkipUnless(Allocation.IsOptimized, "Built without optimization.");
        var handler = new Raw<int>.Handler();
        Lane lane = new Lane().HandleSingleton(Described.Class<Raw<int>.Handler>(), handler);
        lane.Connection.Records = false;
        using var source = new PullSource(lane.Connection, lane.Context, new PullWindow(100), _ => Task.CompletedTask, _ => { }, lane.Time, lane.Log);
        await source.StartAsync(TestContext.Current.CancellationToken);
        INatsMessageSink sink = source;
        byte[] subjectUtf8 = System.Text.Encoding.UTF8.GetBytes(subject);
        byte[] reply = Lane.Reply(1, 1);
        byte[] payload = new byte[200];
        int messages = 0;

        long bytes = Allocation.Of(2_000, () =>
        {
            messages++;
            Done(sink.OnMessageAsync(new ReceivedMessage(subjectUtf8, reply, default, payload)));
            InboundMessage message = Next(source);
            source.Taken(message);
            Finished(lane.ProcessAsync(message));
            source.Queue.Pool.Return(message);
        });

        await source.StopAsync(TestContext.Current.CancellationToken);
        bytes.ShouldBe(0);
        handler.Bytes.ShouldBe(200L * messages);
        lane.Log.Entries.ShouldBeEmpty();
        lane.Connection.Count.ShouldBeGreaterThan(messages); // an ack for each, and the pulls
    }

    // Not by Shouldly: it allocates.
    private static void Done(ValueTask task) => Assert.True(task.IsCompletedSuccessfully);

    private static void Finished(ValueTask<bool> task) => Assert.True(task.IsCompletedSuccessfully && task.Result);

    private static InboundMessage Next(PullSource source) => source.Queue.Messages.TryRead(out InboundMessage? message) ? message : throw new InvalidOperationException("No message came.");
}
