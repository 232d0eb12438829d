using System.Text.Json.Nodes;
using Nats.Consumer.Client;
using Nats.Consumer.Conformance.Targets;
using Nats.Consumer.Conformance.Wire;

namespace Nats.Consumer.Conformance.Pulling;

/// <summary>Pull requests: what is served.</summary>
public abstract class PullTests(Target target) : Conformance(target)
{
    public sealed class OnInMemory29(InMemory29 target) : PullTests(target), IClassFixture<InMemory29>;

    public sealed class OnInMemory215(InMemory215 target) : PullTests(target), IClassFixture<InMemory215>;

    [Trait("Category", "Server")]
    public sealed class OnServer(ServerTarget target) : PullTests(target), IClassFixture<ServerTarget>;

    [Fact]
    public async Task Pull_Delivery_HasTheSubjectOfTheMessageAndAnAckSubject()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a.b", "1", ("X", "y"));
        await stream.PublishAsync("a.c", "2");
        WireConsumer consumer = await stream.ConsumerAsync();

        Received delivery = await consumer.NextAsync();

        delivery.Subject.ShouldBe(stream.Subject("a.b"));
        delivery.Text.ShouldBe("1");
        delivery.Header("X").ShouldBe("y");
        delivery.ReplyTo.ShouldStartWith($"$JS.ACK.{stream.Name}.c.1.1.1.");
        delivery.ReplyTo.Split('.').Length.ShouldBe(9);
        delivery.Pending.ShouldBe(1);
    }

    [Fact]
    public async Task Pull_Batch_ComesInOrder()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishManyAsync(5);
        WireConsumer consumer = await stream.ConsumerAsync();
        await using Inbox inbox = await consumer.PullAsync(3);

        (await inbox.NextAsync(3)).Select(message => message.Text).ShouldBe(["1", "2", "3"]);
        (await inbox.AllAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Pull_BeforeThePublish_IsServedWhenTheMessageComes()
    {
        WireStream stream = await NewStreamAsync();
        WireConsumer consumer = await stream.ConsumerAsync();
        await using Inbox inbox = await consumer.PullAsync(2);

        await stream.PublishAsync("a", "1");
        (await inbox.NextAsync()).Text.ShouldBe("1");
        await stream.PublishAsync("a", "2");
        (await inbox.NextAsync()).Text.ShouldBe("2");
    }

    [Fact]
    public async Task Pull_NoWaitWithExpiry_WaitsUntilItExpires()
    {
        WireConsumer consumer = await (await NewStreamAsync()).ConsumerAsync();
        await using Inbox inbox = await consumer.PullAsync(5, 0.3, "\"no_wait\":true");

        (await inbox.NextAsync()).Status.ShouldBe("408 Request Timeout");
    }

    [Fact]
    public async Task Pull_NoWaitForMoreThanThereIs_GetsWhatThereIs()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishManyAsync(2);
        WireConsumer consumer = await stream.ConsumerAsync();
        await using Inbox inbox = await consumer.PullAsync(5, 0, "\"no_wait\":true");

        (await inbox.NextAsync(2)).Select(message => message.Text).ShouldBe(["1", "2"]);
        (await inbox.NextAsync()).Status.ShouldBe(IsOld ? "408 Request Timeout" : "404 No Messages");
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("3", 3)]
    [InlineData("{}", 1)]
    [InlineData("{\"batch\":2}", 2)]
    [InlineData("{\"batch\":0,\"expires\":5000000000}", 1)]
    [InlineData("nonsense", 1)]
    public async Task Pull_Request_MayBeANumberOrNothing(string request, int count)
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishManyAsync(4);
        WireConsumer consumer = await stream.ConsumerAsync();
        await using Inbox inbox = await Client.SubscribeAsync();

        await consumer.RequestAsync(request, inbox);

        (await inbox.NextAsync(count)).Count(message => !message.IsStatus).ShouldBe(count);
        (await inbox.AllAsync()).Count(message => !message.IsStatus).ShouldBe(0);
    }

    [Fact]
    public async Task Pull_NobodyListensAtTheInbox_BurnsNothing()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishManyAsync(3);
        WireConsumer consumer = await stream.ConsumerAsync();

        await Client.PublishAsync($"$JS.API.CONSUMER.MSG.NEXT.{stream.Name}.c", """{"batch":3,"expires":30000000000}""", replyTo: "nobody.listens");

        await consumer.ShouldHaveAsync("num_waiting", 0);
        (await consumer.NumberAsync("num_ack_pending")).ShouldBe(0);
        (await consumer.NumberAsync("num_pending")).ShouldBe(3);
    }

    [Fact]
    public async Task Pull_WhoeverLeaves_GetsNothingMore()
    {
        WireStream stream = await NewStreamAsync();
        WireConsumer consumer = await stream.ConsumerAsync();
        Inbox gone = await consumer.PullAsync(5);
        await gone.DisposeAsync();
        await Client.FlushAsync();
        await using Inbox inbox = await consumer.PullAsync(1);

        await stream.PublishAsync("a", "1");

        (await inbox.NextAsync()).Text.ShouldBe("1");
        gone.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Pull_SeveralRequests_AreServedInTurn()
    {
        WireStream stream = await NewStreamAsync();
        WireConsumer consumer = await stream.ConsumerAsync();
        await using Inbox first = await consumer.PullAsync(2);
        await using Inbox second = await consumer.PullAsync(2);
        await consumer.ShouldHaveAsync("num_waiting", 2);

        await stream.PublishManyAsync(4);

        (await first.NextAsync(2)).Select(message => message.Text).ShouldBe(["1", "3"]);
        (await second.NextAsync(2)).Select(message => message.Text).ShouldBe(["2", "4"]);
    }

    [Fact]
    public async Task Pull_MaxAckPendingReached_WaitsForAnAck()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishManyAsync(3);
        WireConsumer consumer = await stream.ConsumerAsync("""{"max_ack_pending":2}""");
        await using Inbox inbox = await consumer.PullAsync(10);
        IReadOnlyList<Received> two = await inbox.NextAsync(2);
        (await inbox.AllAsync()).ShouldBeEmpty();

        await consumer.SettleAsync(two[0]);

        (await inbox.NextAsync()).Text.ShouldBe("3");
    }

    [Fact]
    public async Task Pull_HeadersOnly_TellsTheSize()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a", "hello", ("X", "1"));
        await stream.PublishAsync("b");
        WireConsumer consumer = await stream.ConsumerAsync("""{"headers_only":true}""");

        IReadOnlyList<Received> messages = await consumer.FetchAsync();

        messages.Select(message => (message.Text, message.Header("Nats-Msg-Size"), message.Header("X"))).ShouldBe([("", "5", "1"), ("", "0", null)]);
    }

    [Fact]
    public async Task Pull_AckNone_LeavesNothingPending()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishManyAsync(2);
        WireConsumer consumer = await stream.ConsumerAsync("""{"ack_policy":"none"}""");

        (await consumer.TextsAsync()).ShouldBe(["1#1", "2#1"]);

        (await consumer.NumberAsync("num_ack_pending")).ShouldBe(0);
        (await consumer.PositionAsync("ack_floor")).ShouldBe((2ul, 2ul));
        (await consumer.TextsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Pull_MessagesOfAnotherConnection_AreServedToo()
    {
        WireStream stream = await NewStreamAsync();
        WireConsumer consumer = await stream.ConsumerAsync();
        await using WireClient other = await Client.AnotherAsync();
        await using Inbox inbox = await consumer.PullAsync();

        await other.PublishAsync(stream.Subject("a"), "from afar");

        (await inbox.NextAsync()).Text.ShouldBe("from afar");
    }

    [Fact]
    public async Task Pull_ConsumerPaused_GivesSignsOfLifeOnly()
    {
        if (IsOld)
        {
            WireStream old = await NewStreamAsync();
            await old.ConsumerAsync();
            (await Client.RequestAsync($"$JS.API.CONSUMER.PAUSE.{old.Name}.c", """{"pause_until":"2099-01-01T00:00:00Z"}""", timeout: Seconds(0.3))).Status.ShouldBe(NatsReplyStatus.TimedOut);
            return;
        }

        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a", "1");
        WireConsumer consumer = await stream.ConsumerAsync();
        JsonObject paused = await Client.DoAsync($"CONSUMER.PAUSE.{stream.Name}.c", """{"pause_until":"2099-01-01T00:00:00Z"}""");
        ((bool)paused["paused"]!).ShouldBeTrue();
        ((string)paused["pause_until"]!).ShouldBe("2099-01-01T00:00:00Z");
        ((long)paused["pause_remaining"]!).ShouldBeGreaterThan(0);
        ((bool)(await consumer.InfoAsync())["paused"]!).ShouldBeTrue();
        await using Inbox inbox = await consumer.PullAsync(1, 0.5, $"\"idle_heartbeat\":{Nanoseconds(0.2)}");
        (await inbox.NextAsync(3)).Select(message => message.Status).ShouldBe(["100 Idle Heartbeat", "100 Idle Heartbeat", "408 Request Timeout"]);

        await Client.DoAsync($"CONSUMER.PAUSE.{stream.Name}.c");

        (await consumer.NextAsync()).Text.ShouldBe("1");
    }
}
