using System.Text.Json.Nodes;
using Nats.Consumer.Conformance.Targets;
using Nats.Consumer.Conformance.Wire;

namespace Nats.Consumer.Conformance.Advisories;

/// <summary>What the server tells of exhausted, refused, terminated messages, and of what comes and goes.</summary>
public abstract class AdvisoryTests(Target target) : Conformance(target)
{
    public sealed class OnInMemory29(InMemory29 target) : AdvisoryTests(target), IClassFixture<InMemory29>;

    public sealed class OnInMemory215(InMemory215 target) : AdvisoryTests(target), IClassFixture<InMemory215>;

    [Trait("Category", "Server")]
    public sealed class OnServer(ServerTarget target) : AdvisoryTests(target), IClassFixture<ServerTarget>;

    [Theory]
    [InlineData(2)]
    [InlineData(1)]
    public async Task MaxDeliveries_AckWaitOverWithAPull_IsTold(int maxDeliver)
    {
        WireStream stream = await NewStreamAsync();
        await using Inbox advisories = await ListenAsync("CONSUMER.MAX_DELIVERIES", stream);
        await stream.PublishAsync("a", "1");
        WireConsumer consumer = await stream.ConsumerAsync($$"""{"max_deliver":{{maxDeliver}},"ack_wait":{{Nanoseconds(0.3)}}}""");
        await using Inbox inbox = await consumer.PullAsync(10, 5);
        await inbox.NextAsync(maxDeliver);

        Received advisory = await advisories.NextAsync();

        advisory.Subject.ShouldBe($"$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.{stream.Name}.c");
        JsonNode body = JsonNode.Parse(advisory.Text)!;
        ((string)body["type"]!).ShouldBe("io.nats.jetstream.advisory.v1.max_deliver");
        ((string)body["stream"]!).ShouldBe(stream.Name);
        ((string)body["consumer"]!).ShouldBe("c");
        ((int)body["stream_seq"]!).ShouldBe(1);
        ((int)body["deliveries"]!).ShouldBe(maxDeliver);
        body["id"].ShouldNotBeNull();
        body["timestamp"].ShouldNotBeNull();
        body.AsObject().ContainsKey("consumer_seq").ShouldBeFalse();
        (await advisories.AllAsync(0.5)).ShouldBeEmpty();
        (await consumer.NumberAsync("num_ack_pending")).ShouldBe(0);
    }

    [Theory]
    [InlineData("-NAK", 0)]
    [InlineData("""-NAK {"delay":400000000}""", 0.4)]
    public async Task MaxDeliveries_LastNakWithAPull_IsToldWhenItWouldComeAgain(string nak, double delay)
    {
        WireStream stream = await NewStreamAsync();
        await using Inbox advisories = await ListenAsync("CONSUMER.MAX_DELIVERIES", stream);
        await stream.PublishAsync("a", "1");
        WireConsumer consumer = await stream.ConsumerAsync("""{"max_deliver":1}""");
        await using Inbox inbox = await consumer.PullAsync(10, 5);
        Received message = await inbox.NextAsync();

        await consumer.SettleAsync(message, nak);

        ShouldBeAt((await advisories.NextAsync()).At - message.At, delay);
    }

    [Fact]
    public async Task MaxDeliveries_NobodyPulls_IsToldWhenSomebodyDoes()
    {
        WireStream stream = await NewStreamAsync();
        await using Inbox advisories = await ListenAsync("CONSUMER.MAX_DELIVERIES", stream);
        await stream.PublishAsync("a", "1");
        WireConsumer consumer = await stream.ConsumerAsync($$"""{"max_deliver":2,"ack_wait":{{Nanoseconds(0.2)}}}""");
        await consumer.ConfirmAsync(await consumer.NextAsync(), "-NAK");
        await consumer.NextAsync();
        (await advisories.AllAsync(0.8)).ShouldBeEmpty();
        (await consumer.NumberAsync("num_ack_pending")).ShouldBe(1);

        (await consumer.TextsAsync()).ShouldBeEmpty();

        (await advisories.NextAsync()).IsStatus.ShouldBeFalse();
        (await consumer.NumberAsync("num_ack_pending")).ShouldBe(0);
    }

    [Fact]
    public async Task MaxDeliveries_OneOnlyAndNobodyPulls_IsToldByNewServersAllTheSame()
    {
        WireStream stream = await NewStreamAsync();
        await using Inbox advisories = await ListenAsync("CONSUMER.MAX_DELIVERIES", stream);
        await stream.PublishAsync("a", "1");
        WireConsumer consumer = await stream.ConsumerAsync($$"""{"max_deliver":1,"ack_wait":{{Nanoseconds(0.2)}}}""");
        await consumer.NextAsync();

        (await advisories.AllAsync(0.8)).Count.ShouldBe(IsOld ? 0 : 1);
        (await consumer.NumberAsync("num_ack_pending")).ShouldBe(IsOld ? 1 : 0);
    }

    [Fact]
    public async Task MaxDeliveries_SlotOfMaxAckPending_IsFreedByAPull()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishManyAsync(2);
        WireConsumer consumer = await stream.ConsumerAsync($$"""{"max_deliver":1,"max_ack_pending":1,"ack_wait":{{Nanoseconds(0.2)}}}""");
        await consumer.NextAsync();
        await Target.WaitAsync(() => false, Seconds(0.5));

        (await consumer.NextAsync()).ToString().ShouldBe("2#1");
    }

    [Fact]
    public async Task MaxDeliveries_Raised_DoesNotBringTheMessageBack()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a", "1");
        WireConsumer consumer = await stream.ConsumerAsync("""{"max_deliver":1}""");
        await using Inbox inbox = await consumer.PullAsync(5, 0.4);
        await consumer.SettleAsync(await inbox.NextAsync(), "-NAK");
        await inbox.NextAsync();

        await stream.ConsumerAsync("""{"max_deliver":5}""");

        (await consumer.TextsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task MaxDeliveries_Exhausted_CountsAsNobodyExpects()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishManyAsync(2);
        WireConsumer consumer = await stream.ConsumerAsync("""{"max_deliver":2}""");
        await using (Inbox inbox = await consumer.PullAsync(10, 0.5))
        {
            foreach (int _ in new[] { 1, 2, 3, 4 })
                await consumer.SettleAsync(await inbox.NextAsync(), "-NAK");
            await inbox.NextAsync();
        }

        (await consumer.NumberAsync("num_ack_pending")).ShouldBe(0);
        (await consumer.NumberAsync("num_pending")).ShouldBe(0);
        (await consumer.NumberAsync("num_redelivered")).ShouldBe(2);
        (await stream.CountAsync()).ShouldBe(2);
    }

    [Theory]
    [InlineData("+TERM", null)]
    [InlineData("+TERM because it is broken", "because it is broken")]
    public async Task Terminated_IsTold(string settlement, string? reason)
    {
        if (IsOld && reason is not null)
            return; // not understood
        WireStream stream = await NewStreamAsync();
        await using Inbox advisories = await ListenAsync("CONSUMER.MSG_TERMINATED", stream);
        await stream.PublishAsync("a", "1");
        WireConsumer consumer = await stream.ConsumerAsync();

        await consumer.ConfirmAsync(await consumer.NextAsync(), settlement);

        JsonNode body = JsonNode.Parse((await advisories.NextAsync()).Text)!;
        ((string)body["type"]!).ShouldBe("io.nats.jetstream.advisory.v1.terminated");
        ((int)body["consumer_seq"]!).ShouldBe(1);
        ((int)body["stream_seq"]!).ShouldBe(1);
        ((int)body["deliveries"]!).ShouldBe(1);
        ((string?)body["reason"]).ShouldBe(reason);
    }

    [Fact]
    public async Task Terminated_PendingMessageDeleted_IsToldToo()
    {
        WireStream stream = await NewStreamAsync();
        await using Inbox advisories = await ListenAsync("CONSUMER.MSG_TERMINATED", stream);
        await stream.PublishAsync("a", "1");
        WireConsumer consumer = await stream.ConsumerAsync();
        await consumer.NextAsync();

        await Client.DoAsync($"STREAM.MSG.DELETE.{stream.Name}", """{"seq":1}""");

        JsonNode body = JsonNode.Parse((await advisories.NextAsync()).Text)!;
        ((string?)body["reason"]).ShouldBe(IsOld ? null : "Unacknowledged message was deleted");
        await consumer.ShouldHaveAsync("num_ack_pending", 0);
    }

    [Fact]
    public async Task Nak_IsTold()
    {
        WireStream stream = await NewStreamAsync();
        await using Inbox advisories = await ListenAsync("CONSUMER.MSG_NAKED", stream);
        await stream.PublishAsync("a", "1");
        WireConsumer consumer = await stream.ConsumerAsync();

        await consumer.ConfirmAsync(await consumer.NextAsync(), "-NAK");

        JsonNode body = JsonNode.Parse((await advisories.NextAsync()).Text)!;
        ((string)body["type"]!).ShouldBe("io.nats.jetstream.advisory.v1.nak");
        ((int)body["deliveries"]!).ShouldBe(1);
    }

    [Fact]
    public async Task Ack_Sampled_IsMeasured()
    {
        WireStream stream = await NewStreamAsync();
        await using Inbox metrics = await Client.SubscribeAsync($"$JS.EVENT.METRIC.CONSUMER.ACK.{stream.Name}.>");
        await stream.PublishAsync("a", "1");
        WireConsumer consumer = await stream.ConsumerAsync("""{"sample_freq":"100%"}""");

        await consumer.ConfirmAsync(await consumer.NextAsync());

        JsonNode body = JsonNode.Parse((await metrics.NextAsync()).Text)!;
        ((string)body["type"]!).ShouldBe("io.nats.jetstream.metric.v1.consumer_ack");
        ((int)body["stream_seq"]!).ShouldBe(1);
        ((int)body["deliveries"]!).ShouldBe(1);
    }

    [Fact]
    public async Task StreamsAndConsumers_ComeAndGo_AreTold()
    {
        await using Inbox advisories = await Client.SubscribeAsync("$JS.EVENT.ADVISORY.>");
        WireStream stream = await NewStreamAsync();
        WireConsumer consumer = await stream.ConsumerAsync();
        await consumer.DeleteAsync();
        await Client.DoAsync($"STREAM.UPDATE.{stream.Name}", $$"""{"name":"{{stream.Name}}","subjects":["{{stream.Name}}.>"],"storage":"memory","max_msgs":5}""");
        await Client.DoAsync($"STREAM.DELETE.{stream.Name}");

        string[] told = [.. (await advisories.AllAsync(0.3))
            .Where(advisory => advisory.Subject.Contains(stream.Name, StringComparison.Ordinal))
            .Select(advisory => $"{advisory.Subject["$JS.EVENT.ADVISORY.".Length..]} {JsonNode.Parse(advisory.Text)!["action"]}")];

        told.ShouldBe(
            [
                $"STREAM.CREATED.{stream.Name} create", $"CONSUMER.CREATED.{stream.Name}.c create", $"CONSUMER.DELETED.{stream.Name}.c delete",
                $"STREAM.UPDATED.{stream.Name} modify", $"STREAM.DELETED.{stream.Name} delete",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public async Task Pause_IsTold()
    {
        if (IsOld)
            return;
        WireStream stream = await NewStreamAsync();
        await using Inbox advisories = await ListenAsync("CONSUMER.PAUSE", stream);
        await stream.ConsumerAsync();

        await Client.DoAsync($"CONSUMER.PAUSE.{stream.Name}.c", """{"pause_until":"2099-01-01T00:00:00Z"}""");

        JsonNode body = JsonNode.Parse((await advisories.NextAsync()).Text)!;
        ((bool)body["paused"]!).ShouldBeTrue();
        ((string)body["pause_until"]!).ShouldBe("2099-01-01T00:00:00Z");
    }

    [Fact]
    public async Task Api_Calls_AreAudited()
    {
        await using Inbox audits = await Client.SubscribeAsync("$JS.EVENT.ADVISORY.API");
        string name = WireClient.NewName();

        await Client.RefusedAsync($"STREAM.INFO.{name}");

        Received[] mine = [.. (await audits.AllAsync(0.3)).Where(audit => audit.Text.Contains(name, StringComparison.Ordinal))];
        JsonNode body = JsonNode.Parse(mine.ShouldHaveSingleItem().Text)!;
        ((string)body["type"]!).ShouldBe("io.nats.jetstream.advisory.v1.api_audit");
        ((string)body["subject"]!).ShouldBe($"$JS.API.STREAM.INFO.{name}");
        ((string)body["response"]!).ShouldContain("10059");
    }

    [Fact]
    public async Task Stream_OverAdvisories_KeepsThem()
    {
        WireStream work = await NewStreamAsync();
        WireStream kept = await NewStreamAsync($$"""{"subjects":["$JS.EVENT.ADVISORY.CONSUMER.MSG_TERMINATED.{{work.Name}}.>"]}""");
        await work.PublishAsync("a", "1");
        WireConsumer consumer = await work.ConsumerAsync();

        await consumer.ConfirmAsync(await consumer.NextAsync(), "+TERM");

        await kept.ShouldHaveAsync(1);
    }

    private Task<Inbox> ListenAsync(string kind, WireStream stream) => Client.SubscribeAsync($"$JS.EVENT.ADVISORY.{kind}.{stream.Name}.>");
}
