using System.Buffers;
using System.Text;
using Nats.Consumer.Client;
using Nats.Consumer.Tests.Fakes;
using Nats.Consumer.Tests.Servers;
using Core = NATS.Client.Core;

namespace Nats.Consumer.NatsNet.Tests.Adapter;

/// <summary>The adapter leaves no garbage but what NATS.Net forces: a string for each subject.</summary>
[Trait("Category", "Server")]
[Collection(nameof(Measured))]
public sealed class AllocationServerTests(ITestOutputHelper output)
{
    private const int Messages = 20_000;
    private const string Subject = "orders.created";
    private const string ReplyTo = "JS.ACK.orders.billing.1.1000.1000.1795000000000000000.0";

    [Fact]
    public async Task Publish_ByTheAdapter_AllocatesWhatTheStringsTake()
    {
        Assert.SkipUnless(Allocation.IsOptimized, "Only optimized code is measured.");
        await using Rig rig = await Rig.StartAsync();
        byte[] payload = new byte[128];
        byte[] subject = Encoding.UTF8.GetBytes(Subject);
        byte[] replyTo = Encoding.UTF8.GetBytes(ReplyTo);
        Core.NatsRawSerializer<ReadOnlyMemory<byte>> raw = Core.NatsRawSerializer<ReadOnlyMemory<byte>>.Default;

        long bare = await MeasureAsync(() => rig.NatsNet.PublishAsync(
            Encoding.UTF8.GetString(subject), new ReadOnlyMemory<byte>(payload), replyTo: Encoding.UTF8.GetString(replyTo), serializer: raw));
        long adapter = await MeasureAsync(() => rig.Adapter.PublishAsync(new OutgoingMessage { Subject = subject, ReplyTo = replyTo, Payload = payload }));

        output.WriteLine($"publish: NATS.Net {bare} B, adapter {adapter} B");
        adapter.ShouldBe(bare);

        // The least of several: on a busy machine NATS.Net's writer is behind for a moment, and a publisher that waits costs a task.
        async Task<long> MeasureAsync(Func<ValueTask> publish)
        {
            long least = long.MaxValue;
            for (int round = 0; round < 200; round++)
            {
                await rig.Adapter.FlushAsync();
                least = Math.Min(least, OneByOne(publish));
            }

            return least;
        }
    }

    [Fact]
    public async Task Receive_ByTheAdapter_AllocatesWhatNatsNetDoes()
    {
        Assert.SkipUnless(Allocation.IsOptimized, "Only optimized code is measured.");
        await using Rig rig = await Rig.StartAsync();
        await using var publisher = new NatsConnection(new NatsConnectionOptions { Url = rig.Server.Url });
        await publisher.ConnectAsync();
        var bareSubscription = new BareSubscription(rig.NatsNet, $"bare.{Subject}");
        await rig.NatsNet.AddSubAsync(bareSubscription);
        var sink = new CountingSink();
        await rig.Adapter.SubscribeAsync($"sink.{Subject}", sink);
        await rig.Adapter.FlushAsync();

        double bare = double.MaxValue;
        double adapter = double.MaxValue;
        for (int round = 0; round < 4; round++) // the least: the publisher's buffers and NATS.Net's grow at first
        {
            bare = Math.Min(bare, await MeasureAsync("bare", () => bareSubscription.Count));
            adapter = Math.Min(adapter, await MeasureAsync("sink", () => sink.Count));
        }

        output.WriteLine($"receive: NATS.Net {bare:0.0} B, adapter {adapter:0.0} B");
        adapter.ShouldBe(bare, 16);

        async Task<double> MeasureAsync(string prefix, Func<int> count)
        {
            byte[] subject = Encoding.UTF8.GetBytes($"{prefix}.{Subject}");
            byte[] replyTo = Encoding.UTF8.GetBytes(ReplyTo);
            byte[] payload = new byte[128];
            int wanted = count() + Messages;
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int i = 0; i < Messages; i++)
            {
                ValueTask published = publisher.PublishAsync(new OutgoingMessage { Subject = subject, ReplyTo = replyTo, Payload = payload });
                if (!published.IsCompletedSuccessfully)
                    await published;
            }

            await Until.TrueAsync(() => count() >= wanted, "all of them");
            return (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)Messages;
        }
    }

    private static long OneByOne(Func<ValueTask> publish)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        ValueTask published = publish();
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        return published.IsCompletedSuccessfully ? bytes : long.MaxValue;
    }

    private sealed class BareSubscription(Core.INatsConnection connection, string subject) : Core.NatsSubBase(connection, connection.SubscriptionManager, subject, null, null)
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        protected override ValueTask ReceiveInternalAsync(string subject, string? replyTo, ReadOnlySequence<byte>? headersBuffer, ReadOnlySequence<byte> payloadBuffer)
        {
            Interlocked.Increment(ref _count);
            return ValueTask.CompletedTask;
        }

        protected override void TryComplete()
        {
        }
    }

    private sealed class CountingSink : INatsMessageSink
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public ValueTask OnMessageAsync(in ReceivedMessage message)
        {
            Interlocked.Increment(ref _count);
            return ValueTask.CompletedTask;
        }

        public void OnClosed(Exception? reason)
        {
        }
    }
}
