using System.Text;
using Nats.Consumer.Client.Connecting;
using Nats.Consumer.Client.Wire;

namespace Nats.Consumer.Client.Tests.Wire;

public sealed class AllocationTests
{
    private const int Batch = 100;

    [Fact]
    public void Message_ReceivedAndAcked_AllocatesNothing()
    {
        var outbox = new Outbox(8 * 1024 * 1024, TimeSpan.FromSeconds(30), TimeProvider.System);
        var table = new SubscriptionTable(outbox, new PingQueue(outbox), maxPendingBytes: 1024, error => throw error);
        var sink = new AckingSink(outbox);
        long id = table.Add("inbox.*", null, sink).Id;
        outbox.Resume([]);
        byte[] plain = Encoding.ASCII.GetBytes($"MSG orders.new {id} $JS.ACK.orders.worker.1.1234567.7654321.1700000000000000000.99 5\r\nhello\r\n");
        byte[] headed = Encoding.ASCII.GetBytes($"HMSG orders.new {id} $JS.ACK.orders.worker.1.1.1.1.1 18 23\r\nNATS/1.0\r\nA: 1\r\n\r\nhello\r\n");
        byte[] received = [.. Enumerable.Range(0, Batch).SelectMany(i => i % 2 == 0 ? plain : headed)];

        for (int warmUp = 0; warmUp < 200; warmUp++)
            Handle(received, table, outbox);
        sink.Taken = 0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 100; round++)
            Handle(received, table, outbox);
        long after = GC.GetAllocatedBytesForCurrentThread();

        (after - before).ShouldBe(0);
        sink.Taken.ShouldBe(100 * Batch);
    }

    // What a session does with one receive: all frames, then one send.
    private static void Handle(ReadOnlySpan<byte> received, SubscriptionTable table, Outbox outbox)
    {
        outbox.Cork();
        Frame frame = default;
        while (FrameReader.TryRead(received, ref frame, out _))
        {
            Subscription subscription = table.Find(frame.SubscriptionId)!;
            ValueTask taken = subscription.Sink.OnMessageAsync(frame);
            if (!taken.IsCompletedSuccessfully)
                throw new InvalidOperationException("The ack had to wait.");
            received = received[frame.Length..];
        }

        outbox.Uncork();
        while (outbox.TryTake(out _))
        {
        }
    }

    private sealed class AckingSink(Outbox outbox) : INatsMessageSink
    {
        public int Taken { get; set; }

        public ValueTask OnMessageAsync(in ReceivedMessage message)
        {
            Taken++;
            return outbox.PublishAsync(
                new OutgoingMessage { Subject = message.ReplyTo, Payload = "+ACK"u8, TimeToSend = TimeSpan.FromSeconds(30), DropOnDisconnect = true }, default);
        }

        public void OnClosed(Exception? reason)
        {
        }
    }
}
