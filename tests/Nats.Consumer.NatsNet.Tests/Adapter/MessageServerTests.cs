using System.Text;
using Nats.Consumer.Client;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.NatsNet.Tests.Adapter;

/// <summary>What becomes of a message's parts.</summary>
[Trait("Category", "Server")]
public sealed class MessageServerTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    [InlineData(1_000_000)]
    public async Task Publish_ManyWithABufferThatIsUsedAgain_ArriveAsTheyWere(int size)
    {
        await using Rig rig = await Rig.StartAsync();
        RecordingSink sink = await rig.SubscribeAsync("a");
        byte[] payload = new byte[size];
        var taken = new List<Task>();
        for (int i = 0; i < 20; i++)
        {
            payload.AsSpan().Fill((byte)('a' + i));
            taken.Add(rig.Adapter.PublishAsync("a", payload, new NatsHeaders { ["I"] = $"{i}" }, "re.ply").AsTask());
        }

        await Task.WhenAll(taken);
        await Until.TrueAsync(() => sink.Count == 20, "all of them");
        sink.Texts.SequenceEqual(Enumerable.Range(0, 20).Select(i => new string((char)('a' + i), size))).ShouldBeTrue();
    }

    [Fact]
    public async Task Publish_HeadersOfAllKinds_ArriveAsTheyWere()
    {
        await using Rig rig = await Rig.StartAsync();
        RecordingSink sink = await rig.SubscribeAsync("größe.>");
        var headers = new NatsHeaders { { "A", "1" }, { "B", "ü ö" }, { "A", "2" }, { "C", "" } };
        await rig.Adapter.PublishAsync("größe.x", "x"u8, headers, "wohin.ä");
        await Until.TrueAsync(() => sink.Count == 1, "the message");
        (sink.Only.Subject, sink.Only.ReplyTo).ShouldBe(("größe.x", "wohin.ä"));
        sink.Only.Headers!.GetValues("A").ShouldBe(["1", "2"]);
        (sink.Only.Headers["B"], sink.Only.Headers["C"]).ShouldBe(("ü ö", ""));
    }

    [Fact]
    public async Task Publish_HeaderThatNatsNetWouldSpoil_IsRefused()
    {
        await using Rig rig = await Rig.StartAsync(configure: opts => opts with { HeaderEncoding = Encoding.ASCII });
        (await Should.ThrowAsync<ArgumentException>(async () => await rig.Adapter.PublishAsync("a", "x"u8, new NatsHeaders { ["B"] = "ü" })))
            .Message.ShouldContain("NatsOpts.HeaderEncoding");
        await rig.Adapter.PublishAsync("a", "x"u8, new NatsHeaders { ["B"] = "u" });
    }

    [Fact]
    public async Task Sink_ThatDoesNotKeepUp_LosesNothingAndHoldsNobodyUp()
    {
        await using Rig rig = await Rig.StartAsync();
        var gate = new TaskCompletionSource();
        RecordingSink slow = await rig.SubscribeAsync("slow", gate.Task);
        RecordingSink quick = await rig.SubscribeAsync("quick");
        for (int i = 0; i < 20_000; i++)
            await rig.Adapter.PublishAsync("slow", Encoding.UTF8.GetBytes($"{i}"));
        await rig.Adapter.PublishAsync("quick", "x"u8);
        await Until.TrueAsync(() => quick.Count == 1, "the other subscription's message");
        slow.Count.ShouldBe(1);
        gate.SetResult();
        await Until.TrueAsync(() => slow.Count == 20_000, "all of them");
        slow.Texts.ShouldBe(Enumerable.Range(0, 20_000).Select(i => $"{i}"));
    }

    [Fact]
    public async Task Sink_BehindByMoreThanMayWait_HoldsTheConnectionBackAndLosesNothing()
    {
        await using Rig rig = await Rig.StartAsync(new NatsNetOptions { MaxSinkPendingBytes = 1000 });
        var gate = new TaskCompletionSource();
        RecordingSink slow = await rig.SubscribeAsync("slow", gate.Task);
        for (int i = 0; i < 1000; i++)
            await rig.Adapter.PublishAsync("slow", Encoding.UTF8.GetBytes($"{i}"));
        ValueTask flush = rig.Adapter.FlushAsync();
        flush.IsCompleted.ShouldBeFalse();
        gate.SetResult();
        await flush;
        await Until.TrueAsync(() => slow.Count == 1000, "all of them");
        slow.Texts.ShouldBe(Enumerable.Range(0, 1000).Select(i => $"{i}"));
    }
}
