using Nats.Consumer.Client;
using Nats.Consumer.Consuming;
using Nats.Consumer.JetStream;
using Nats.Consumer.Prefixing;
using Nats.Consumer.Tests.Fakes;

namespace Nats.Consumer.Tests.Prefixing;

public class PrefixedLaneAllocationTests
{
    [Theory]
    [InlineData("")]
    [InlineData("NATS/1.0\r\nNats-Msg-Id: 7\r\nOther: x\r\n\r\n")]
    public async Task Source_WithASubjectPrefix_AllocatesNothingPerMessage(string headers)
    {
        Assert.SkipUnless(Allocation.IsOptimized, "Built without optimization.");
        var lane = new Lane();
        lane.Connection.Records = false;
        INatsConnection connection = lane.Connection.WithSubjectPrefix("staging");
        using var source = new PullSource(connection, lane.Context, new PullWindow(100), _ => Task.CompletedTask, _ => { }, lane.Time, lane.Log);
        await source.StartAsync(TestContext.Current.CancellationToken);
        INatsMessageSink sink = lane.Connection.Sink.ShouldBeOfType<PrefixedSink>();
        byte[] subject = "staging.orders.created"u8.ToArray();
        byte[] reply = System.Text.Encoding.UTF8.GetBytes("$JS.ACK.staging-orders.billing.1.1.101.1767323045000000000.7");
        byte[] block = System.Text.Encoding.UTF8.GetBytes(headers);
        byte[] payload = new byte[200];
        bool isRight = true;

        void Receive()
        {
            Done(sink.OnMessageAsync(new ReceivedMessage(subject, reply, block, payload)));
            source.Queue.Messages.TryRead(out InboundMessage? message);
            isRight &= message!.SubjectUtf8.SequenceEqual("orders.created"u8);
            source.Taken(message); // asks for more, again and again
            Done(connection.PublishAsync(new OutgoingMessage { Subject = message.ReplyTo, Payload = "+ACK"u8 }));
            source.Queue.Pool.Return(message);
        }

        // Pulls are few, so that their code is optimized late; until then it makes objects of numbers.
        long bytes = Allocation.Of(2_000, Receive);
        for (int round = 0; bytes > 0 && round < 50; round++)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
            bytes = Allocation.Of(2_000, Receive);
        }

        await source.StopAsync(TestContext.Current.CancellationToken);
        bytes.ShouldBe(0);
        isRight.ShouldBeTrue();
        lane.Connection.Count.ShouldBeGreaterThan(2_200); // an ack for each, and the pulls
    }

    // Not by Shouldly: it allocates.
    private static void Done(ValueTask task) => Assert.True(task.IsCompletedSuccessfully);
}
