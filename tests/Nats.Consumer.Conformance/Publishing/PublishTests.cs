using System.Text.Json.Nodes;
using Nats.Consumer.Client;
using Nats.Consumer.Conformance.Targets;
using Nats.Consumer.Conformance.Wire;

namespace Nats.Consumer.Conformance.Publishing;

/// <summary>Publishing into streams: confirmations, duplicates, conditions, refusals.</summary>
public abstract class PublishTests(Target target) : Conformance(target)
{
    public sealed class OnInMemory29(InMemory29 target) : PublishTests(target), IClassFixture<InMemory29>;

    public sealed class OnInMemory215(InMemory215 target) : PublishTests(target), IClassFixture<InMemory215>;

    [Trait("Category", "Server")]
    public sealed class OnServer(ServerTarget target) : PublishTests(target), IClassFixture<ServerTarget>;

    [Fact]
    public async Task Publish_ToAStream_IsConfirmedWithTheSequence()
    {
        WireStream stream = await NewStreamAsync();

        JsonObject first = await stream.TryPublishAsync("a");
        JsonObject second = await stream.TryPublishAsync("b");

        ((string)first["stream"]!).ShouldBe(stream.Name);
        ((ulong)first["seq"]!).ShouldBe(1ul);
        ((ulong)second["seq"]!).ShouldBe(2ul);
        first.ContainsKey("duplicate").ShouldBeFalse();
        (await stream.CountAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task Publish_WithoutReply_IsStored()
    {
        WireStream stream = await NewStreamAsync();

        await Client.PublishAsync(stream.Subject("a"), "x");

        await stream.ShouldHaveAsync(1);
    }

    [Fact]
    public async Task Publish_NoStream_HasNoResponders()
    {
        NatsReply reply = await Client.RequestAsync("nobody.home");

        reply.Status.ShouldBe(NatsReplyStatus.NoResponders);
    }

    [Fact]
    public async Task Publish_StreamWithoutAck_StoresAndSaysNothing()
    {
        WireStream stream = await NewStreamAsync("""{"no_ack":true}""");

        NatsReply reply = await Client.RequestAsync(stream.Subject("a"), timeout: TimeSpan.FromSeconds(0.2));

        reply.Status.ShouldBe(NatsReplyStatus.TimedOut);
        (await stream.CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Publish_SameMessageId_IsStoredOnce()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a", "1", ("Nats-Msg-Id", "one"));

        JsonObject again = await stream.TryPublishAsync("b", "2", ("Nats-Msg-Id", "one")); // whatever the subject

        ((bool)again["duplicate"]!).ShouldBeTrue();
        ((ulong)again["seq"]!).ShouldBe(1ul);
        (await stream.CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Publish_SameMessageIdAfterTheMessageIsGone_IsADuplicateAllTheSame()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a", "1", ("Nats-Msg-Id", "one"));
        await Client.DoAsync($"STREAM.PURGE.{stream.Name}");

        JsonObject again = await stream.TryPublishAsync("a", "1", ("Nats-Msg-Id", "one"));

        ((bool)again["duplicate"]!).ShouldBeTrue();
        (await stream.CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Publish_SameMessageIdAfterTheWindow_IsStored()
    {
        WireStream stream = await NewStreamAsync($$"""{"duplicate_window":{{Nanoseconds(0.2)}}}""");
        await stream.PublishAsync("a", "1", ("Nats-Msg-Id", "one"));
        await Target.WaitAsync(() => false, Seconds(0.6));

        (await stream.PublishAsync("a", "1", ("Nats-Msg-Id", "one"))).ShouldBe(2ul);
    }

    [Fact]
    public async Task Publish_HeadersAndPayload_AreKept()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a", "hello", ("X-One", "1"), ("X-Two", "2"));

        JsonNode message = (await Client.DoAsync($"STREAM.MSG.GET.{stream.Name}", """{"seq":1}"""))["message"]!;

        ((string)message["subject"]!).ShouldBe(stream.Subject("a"));
        ((ulong)message["seq"]!).ShouldBe(1ul);
        Convert.FromBase64String((string)message["data"]!).ShouldBe("hello"u8.ToArray());
        Convert.FromBase64String((string)message["hdrs"]!).ShouldBe("NATS/1.0\r\nX-One: 1\r\nX-Two: 2\r\n\r\n"u8.ToArray());
    }

    [Theory]
    [InlineData("Nats-Expected-Stream", "OTHER", 400, 10060, "expected stream does not match")]
    [InlineData("Nats-Expected-Last-Sequence", "7", 400, 10071, "wrong last sequence: 1")]
    [InlineData("Nats-Expected-Last-Sequence", "0", 400, 10071, "wrong last sequence: 1")]
    [InlineData("Nats-Expected-Last-Subject-Sequence", "7", 400, 10071, "wrong last sequence: 1")]
    [InlineData("Nats-Expected-Last-Subject-Sequence", "0", 400, 10071, "wrong last sequence: 1")]
    [InlineData("Nats-Expected-Last-Msg-Id", "other", 400, 10070, "wrong last msg ID: first")]
    [InlineData("Nats-Rollup", "sub", 500, 10111, "rollup not permitted")]
    [InlineData("Nats-Rollup", "all", 500, 10111, "rollup not permitted")]
    public async Task Publish_ConditionNotMet_IsRefused(string header, string value, int code, int errorCode, string description)
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a", "1", ("Nats-Msg-Id", "first"));

        ApiRefusal refusal = await stream.PublishRefusedAsync("a", "2", (header, value));

        refusal.ShouldBe(new ApiRefusal(code, errorCode, description));
        (await stream.CountAsync()).ShouldBe(1);
    }

    [Theory]
    [InlineData("Nats-Expected-Last-Sequence", "1")]
    [InlineData("Nats-Expected-Last-Subject-Sequence", "1")]
    [InlineData("Nats-Expected-Last-Msg-Id", "first")]
    public async Task Publish_ConditionMet_IsStored(string header, string value)
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a", "1", ("Nats-Msg-Id", "first"));

        (await stream.PublishAsync("a", "2", (header, value))).ShouldBe(2ul);
    }

    [Fact]
    public async Task Publish_ExpectsThisStream_IsStored()
    {
        WireStream stream = await NewStreamAsync();

        (await stream.PublishAsync("a", "2", ("Nats-Expected-Stream", stream.Name))).ShouldBe(1ul);
    }

    [Fact]
    public async Task Publish_ExpectsNoMessageOfTheSubject_CountsTheSubjectOnly()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a");

        (await stream.PublishAsync("b", "", ("Nats-Expected-Last-Subject-Sequence", "0"))).ShouldBe(2ul);
    }

    [Fact]
    public async Task Publish_RefusedMessage_LeavesItsIdFree()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishRefusedAsync("a", "1", ("Nats-Msg-Id", "one"), ("Nats-Expected-Last-Sequence", "7"));

        JsonObject again = await stream.TryPublishAsync("a", "1", ("Nats-Msg-Id", "one"));

        again.ContainsKey("duplicate").ShouldBeFalse();
        ((ulong)again["seq"]!).ShouldBe(1ul);
    }

    [Fact]
    public async Task Publish_DuplicateWithAStaleCondition_IsADuplicateOnOldServersAndRefusedOnNewOnes()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a", "1", ("Nats-Msg-Id", "one"));

        JsonObject again = await stream.TryPublishAsync("a", "1", ("Nats-Msg-Id", "one"), ("Nats-Expected-Last-Sequence", "0"));

        if (IsOld)
            ((bool)again["duplicate"]!).ShouldBeTrue();
        else
            ApiRefusal.From(again, "publish").ErrorCode.ShouldBe(10071);
    }

    [Theory]
    [InlineData(100, 0, true)]
    [InlineData(101, 0, false)]
    [InlineData(60, 60, false)] // headers count
    public async Task Publish_MaxMessageSize_CountsHeadersAndPayload(int payload, int header, bool isStored)
    {
        WireStream stream = await NewStreamAsync("""{"max_msg_size":100}""");
        string text = new('x', payload);

        JsonObject answer = header == 0 ? await stream.TryPublishAsync("a", text) : await stream.TryPublishAsync("a", text, ("X", new string('y', header)));

        if (isStored)
            answer["error"].ShouldBeNull();
        else
            ApiRefusal.From(answer, "publish").ShouldBe(new ApiRefusal(400, 10054, "message size exceeds maximum allowed"));
    }

    [Fact]
    public async Task Publish_TooLongHeaders_AreRefused()
    {
        WireStream stream = await NewStreamAsync();

        ApiRefusal refusal = await stream.PublishRefusedAsync("a", "", ("X", new string('y', 65_536)));

        refusal.ShouldBe(new ApiRefusal(400, 10097, "header size exceeds maximum allowed of 64k"));
    }

    [Fact]
    public async Task Publish_TimeToLiveWithoutPermission_IsRefusedByNewServersAndIgnoredByOldOnes()
    {
        WireStream stream = await NewStreamAsync();

        JsonObject answer = await stream.TryPublishAsync("a", "", ("Nats-TTL", "1s"));

        if (IsOld)
            answer["error"].ShouldBeNull();
        else
            ApiRefusal.From(answer, "publish").ShouldBe(new ApiRefusal(400, 10166, "per-message TTL is disabled"));
    }

    [Fact]
    public async Task Publish_SubjectOutsideTheStream_IsNotStored()
    {
        WireStream stream = await NewStreamAsync("""{"subjects":["only.this"]}""");

        (await Client.RequestAsync("only.that")).Status.ShouldBe(NatsReplyStatus.NoResponders);
        (await stream.CountAsync()).ShouldBe(0);
        await Client.DoAsync($"STREAM.DELETE.{stream.Name}");
    }
}
