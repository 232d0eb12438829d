using System.Text;
using Nats.Consumer.Client;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.NatsNet.Tests.Adapter;

/// <summary>What is asked for while the connection is away. NATS.Net alone would wait without end.</summary>
[Trait("Category", "Server")]
public sealed class OutageServerTests
{
    [Fact]
    public async Task Publish_WhileAway_IsQueuedAndSentInOrder()
    {
        await using Rig rig = await Rig.StartAsync();
        RecordingSink sink = await rig.SubscribeAsync("a");
        await rig.LoseAsync();
        byte[] payload = new byte[8];
        for (int i = 0; i < 500; i++)
        {
            Encoding.UTF8.GetBytes($"{i:00000000}", payload);
            ValueTask queued = rig.Adapter.PublishAsync("a", payload);
            queued.IsCompletedSuccessfully.ShouldBeTrue();
            await queued;
        }

        payload.AsSpan().Fill((byte)'x');
        await rig.ComeBackAsync();
        await Until.TrueAsync(() => sink.Count == 500, "all of them");
        sink.Texts.ShouldBe(Enumerable.Range(0, 500).Select(i => $"{i:00000000}"));
    }

    [Fact]
    public async Task Publish_NotWorthSendingAnyMore_IsDropped()
    {
        await using Rig rig = await Rig.StartAsync();
        RecordingSink sink = await rig.SubscribeAsync("a");
        await rig.LoseAsync();
        await rig.Adapter.PublishAsync(new OutgoingMessage { Subject = "a"u8, Payload = "late"u8, TimeToSend = TimeSpan.FromMilliseconds(1) });
        await rig.Adapter.PublishAsync(new OutgoingMessage { Subject = "a"u8, Payload = "in time"u8, TimeToSend = TimeSpan.FromMinutes(1) });
        await rig.Adapter.PublishAsync(new OutgoingMessage { Subject = "a"u8, Payload = "a pull"u8, DropOnDisconnect = true });
        await Task.Delay(20);
        await rig.ComeBackAsync();
        await Until.TrueAsync(() => sink.Count == 2, "what is still worth sending");
        sink.Texts.ShouldBe(["in time", "a pull"]);
    }

    [Fact]
    public async Task Publish_MoreThanMayWait_FailsAfterTheOutageTimeout()
    {
        await using Rig rig = await Rig.StartAsync(new NatsNetOptions { MaxPendingBytes = 64 * 1024, OutageTimeout = TimeSpan.FromMilliseconds(200) });
        await rig.LoseAsync();
        await rig.Adapter.PublishAsync("a", new byte[64 * 1024]);
        (await Should.ThrowAsync<NatsConnectionException>(() => rig.Adapter.PublishAsync("a", "one more"u8).AsTask())).Message.ShouldContain("was not queued");
    }

    [Fact]
    public async Task Publish_MoreThanMayWait_WaitsForRoom()
    {
        await using Rig rig = await Rig.StartAsync(new NatsNetOptions { MaxPendingBytes = 64 * 1024 });
        RecordingSink sink = await rig.SubscribeAsync("a");
        await rig.LoseAsync();
        await rig.Adapter.PublishAsync("a", new byte[64 * 1024]);
        Task waits = rig.Adapter.PublishAsync("a", "one more"u8).AsTask();
        waits.IsCompleted.ShouldBeFalse();
        await rig.ComeBackAsync();
        await waits.WaitAsync(TimeSpan.FromSeconds(10));
        await Until.TrueAsync(() => sink.Count == 2, "both");
        sink.Texts[1].ShouldBe("one more");
    }

    [Fact]
    public async Task Subscribe_WhileAway_StandsAfterwards()
    {
        await using Rig rig = await Rig.StartAsync();
        await rig.LoseAsync();
        var sink = new RecordingSink();
        Task<INatsSubscription> subscribing = rig.Adapter.SubscribeAsync("a", sink).AsTask();
        await rig.ComeBackAsync();
        await subscribing.WaitAsync(TimeSpan.FromSeconds(10));
        await rig.Adapter.PublishAsync("a", "x"u8);
        await Until.TrueAsync(() => sink.Count == 1, "the message");
    }

    [Fact]
    public async Task Subscribe_AwayForLong_FailsAfterTheOutageTimeout()
    {
        await using Rig rig = await Rig.StartAsync(new NatsNetOptions { OutageTimeout = TimeSpan.FromMilliseconds(200) });
        await rig.LoseAsync();
        await Should.ThrowAsync<NatsConnectionException>(() => rig.Adapter.SubscribeAsync("a", new RecordingSink()).AsTask());
    }

    [Fact]
    public async Task Request_ConnectionLost_IsTold()
    {
        await using Rig rig = await Rig.StartAsync();
        await rig.SubscribeAsync("silent");
        Task<NatsReply> reply = rig.Adapter.RequestAsync("silent", "?"u8, TimeSpan.FromSeconds(30)).AsTask();
        await rig.Adapter.FlushAsync();
        await rig.LoseAsync();
        (await reply.WaitAsync(TimeSpan.FromSeconds(5))).Status.ShouldBe(NatsReplyStatus.Disconnected);
    }

    [Fact]
    public async Task Flush_WhileAway_Fails()
    {
        await using Rig rig = await Rig.StartAsync();
        await rig.LoseAsync();
        await Should.ThrowAsync<NatsConnectionException>(() => rig.Adapter.FlushAsync().AsTask());
    }
}
