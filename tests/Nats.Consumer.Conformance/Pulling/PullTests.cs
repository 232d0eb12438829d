using System.Text.Json.Nodes;
using Nats.Consumer.Client;
using Nats.Consumer.Conformance.Targets;
using Nats.Consumer.Conformance.Wire;

namespace Nats.Consumer.Conformance.Pulling;

/// <summary>Pull requests: what is served, and every status that a server sends to them.</summary>
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
    public async Task Pull_Expired_Ends408WithWhatIsLeft()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a", "1");
        WireConsumer consumer = await stream.ConsumerAsync();
        TimeSpan begin = Target.Now;
        await using Inbox inbox = await consumer.PullAsync(5, 0.3, "\"max_bytes\":10000");

        await inbox.NextAsync();
        Received end = await inbox.NextAsync();

        end.Status.ShouldBe("408 Request Timeout");
        end.Subject.ShouldBe(inbox.Subject);
        end.Header("Nats-Pending-Messages").ShouldBe("4");
        int.Parse(end.Header("Nats-Pending-Bytes")!).ShouldBeInRange(9_000, 9_999);
        ShouldBeAt(end.At - begin, 0.3);
    }

    [Fact]
    public async Task Pull_NoWaitOnAnEmptyStream_Ends404()
    {
        WireConsumer consumer = await (await NewStreamAsync()).ConsumerAsync();
        await using Inbox inbox = await consumer.PullAsync(5, 0, "\"no_wait\":true");

        Received end = await inbox.NextAsync();

        end.Status.ShouldBe("404 No Messages");
        end.Header("Nats-Pending-Messages").ShouldBeNull();
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

    [Fact]
    public async Task Pull_IdleHeartbeat_TellsHowFarItIs()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a", "1");
        WireConsumer consumer = await stream.ConsumerAsync();
        await using Inbox inbox = await consumer.PullAsync(5, 1, $"\"idle_heartbeat\":{Nanoseconds(0.2)}");
        Received message = await inbox.NextAsync();

        Received heartbeat = await inbox.NextAsync();

        heartbeat.Status.ShouldBe("100 Idle Heartbeat");
        heartbeat.Header("Nats-Last-Consumer").ShouldBe("1");
        heartbeat.Header("Nats-Last-Stream").ShouldBe("1");
        ShouldBeAt(heartbeat.At - message.At, 0.2);
    }

    [Fact]
    public async Task Pull_Heartbeats_ComeUntilTheEnd()
    {
        WireConsumer consumer = await (await NewStreamAsync()).ConsumerAsync();
        await using Inbox inbox = await consumer.PullAsync(5, 1.1, $"\"idle_heartbeat\":{Nanoseconds(0.5)}");

        (await inbox.NextAsync(3)).Select(message => message.Status).ShouldBe(["100 Idle Heartbeat", "100 Idle Heartbeat", "408 Request Timeout"]);
    }

    [Theory]
    [InlineData(0.5, 0.4, "400 Bad Request - heartbeat value too large")]
    [InlineData(0, 0.1, "400 Bad Request - heartbeat value too large")]
    public async Task Pull_HeartbeatTooLong_Is400(double expires, double heartbeat, string status)
    {
        WireConsumer consumer = await (await NewStreamAsync()).ConsumerAsync();
        await using Inbox inbox = await consumer.PullAsync(5, expires, $"\"idle_heartbeat\":{Nanoseconds(heartbeat)}");

        (await inbox.NextAsync()).Status.ShouldBe(status);
    }

    [Theory]
    [InlineData("\"max_batch\":50", "\"batch\":51,\"expires\":1000000000", "409 Exceeded MaxRequestBatch of 50")]
    [InlineData("\"max_expires\":20000000000", "\"batch\":1,\"expires\":30000000000", "409 Exceeded MaxRequestExpires of 20s")]
    [InlineData("\"max_expires\":90000000000", "\"batch\":1,\"expires\":300000000000", "409 Exceeded MaxRequestExpires of 1m30s")]
    [InlineData("\"max_expires\":1500000000", "\"batch\":1,\"expires\":30000000000", "409 Exceeded MaxRequestExpires of 1.5s")]
    [InlineData("\"max_expires\":250000000", "\"batch\":1,\"expires\":30000000000", "409 Exceeded MaxRequestExpires of 250ms")]
    [InlineData("\"max_bytes\":100000", "\"batch\":1,\"expires\":1000000000,\"max_bytes\":200000", "409 Exceeded MaxRequestMaxBytes of 100000")]
    public async Task Pull_BeyondTheLimitsOfTheConsumer_Is409(string config, string request, string status)
    {
        WireConsumer consumer = await (await NewStreamAsync()).ConsumerAsync($$"""{{{config}}}""");
        await using Inbox inbox = await Client.SubscribeAsync();

        await consumer.RequestAsync($$"""{{{request}}}""", inbox);

        Received end = await inbox.NextAsync();
        end.Status.ShouldBe(status);
        end.Header("Nats-Pending-Messages").ShouldBeNull();
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
    public async Task Pull_BrokenJson_Is400()
    {
        WireConsumer consumer = await (await NewStreamAsync()).ConsumerAsync();
        await using Inbox inbox = await Client.SubscribeAsync();

        await consumer.RequestAsync("{broken", inbox);

        (await inbox.NextAsync()).Status.ShouldStartWith("400 Bad Request - ");
    }

    [Fact]
    public async Task Pull_MaxBytesBelowTheNextMessage_Ends409()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a", new string('x', 500));
        WireConsumer consumer = await stream.ConsumerAsync();
        await using Inbox inbox = await consumer.PullAsync(5, 1, "\"max_bytes\":100");

        Received end = await inbox.NextAsync();

        end.Status.ShouldBe("409 Message Size Exceeds MaxBytes");
        end.Header("Nats-Pending-Messages").ShouldBe("5");
        end.Header("Nats-Pending-Bytes").ShouldBe("100");
        (await consumer.NumberAsync("num_ack_pending")).ShouldBe(0);
    }

    [Fact]
    public async Task Pull_MaxBytesForOneOfTwo_DeliversOneAndEnds409()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a", new string('x', 500));
        await stream.PublishAsync("a", new string('y', 500));
        WireConsumer consumer = await stream.ConsumerAsync();
        await using Inbox inbox = await consumer.PullAsync(5, 1, "\"max_bytes\":1000");

        (await inbox.NextAsync()).Text[0].ShouldBe('x');
        (await inbox.NextAsync()).Status.ShouldBe("409 Message Size Exceeds MaxBytes");
        (await consumer.NextAsync()).Text[0].ShouldBe('y');
    }

    [Fact]
    public async Task Pull_BatchCompletedWithBytesLeft_SaysSoOnNewServers()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishManyAsync(3);
        WireConsumer consumer = await stream.ConsumerAsync();
        await using Inbox inbox = await consumer.PullAsync(2, 1, "\"max_bytes\":100000");

        await inbox.NextAsync(2);
        IReadOnlyList<Received> rest = await inbox.AllAsync();

        if (IsOld)
        {
            rest.ShouldBeEmpty();
            return;
        }

        Received end = rest.ShouldHaveSingleItem();
        end.Status.ShouldBe("409 Batch Completed");
        end.Header("Nats-Pending-Messages").ShouldBe("0");
    }

    [Fact]
    public async Task Pull_MoreRequestsThanMayWait_Is409()
    {
        WireConsumer consumer = await (await NewStreamAsync()).ConsumerAsync("""{"max_waiting":2}""");
        await using Inbox first = await consumer.PullAsync();
        await using Inbox second = await consumer.PullAsync();
        await using Inbox third = await consumer.PullAsync();

        (await third.NextAsync()).Status.ShouldBe("409 Exceeded MaxWaiting");
        (await consumer.NumberAsync("num_waiting")).ShouldBe(2);
    }

    [Fact]
    public async Task Pull_MoreRequestsThanMayWaitWithHeartbeat_IsDroppedSilentlyByNewServers()
    {
        WireConsumer consumer = await (await NewStreamAsync()).ConsumerAsync("""{"max_waiting":1}""");
        await using Inbox first = await consumer.PullAsync();
        await using Inbox second = await consumer.PullAsync(1, 30, $"\"idle_heartbeat\":{Nanoseconds(5)}");

        IReadOnlyList<Received> answers = await second.AllAsync(0.3);

        answers.Select(answer => answer.Status).ShouldBe(IsOld ? ["409 Exceeded MaxWaiting"] : []);
    }

    [Fact]
    public async Task Pull_ConsumerDeletedMeanwhile_Is409()
    {
        WireConsumer consumer = await (await NewStreamAsync()).ConsumerAsync();
        await using Inbox inbox = await consumer.PullAsync();
        await consumer.ShouldHaveAsync("num_waiting", 1);

        await consumer.DeleteAsync();

        (await inbox.NextAsync()).Status.ShouldBe("409 Consumer Deleted");
    }

    [Fact]
    public async Task Pull_StreamDeletedMeanwhile_Is409()
    {
        WireStream stream = await NewStreamAsync();
        WireConsumer consumer = await stream.ConsumerAsync();
        await using Inbox inbox = await consumer.PullAsync();
        await consumer.ShouldHaveAsync("num_waiting", 1);

        await Client.DoAsync($"STREAM.DELETE.{stream.Name}");

        (await inbox.NextAsync()).Status.ShouldBe("409 Consumer Deleted");
    }

    [Fact]
    public async Task Pull_PushConsumer_Is409()
    {
        WireStream stream = await NewStreamAsync();
        WireConsumer consumer = await stream.ConsumerAsync($$"""{"deliver_subject":"{{WireClient.NewName("d")}}"}""");
        await using Inbox inbox = await consumer.PullAsync();

        (await inbox.NextAsync()).Status.ShouldBe("409 Consumer is push based");
    }

    [Fact]
    public async Task Pull_MissingConsumer_Is503OnNewServersAndSilenceOnOldOnes()
    {
        WireStream stream = await NewStreamAsync();

        NatsReply reply = await Client.RequestAsync($"$JS.API.CONSUMER.MSG.NEXT.{stream.Name}.nope", "1", timeout: Seconds(0.3));

        reply.Status.ShouldBe(IsOld ? NatsReplyStatus.TimedOut : NatsReplyStatus.NoResponders);
    }

    [Fact]
    public async Task Pull_MissingConsumerByInbox_NamesTheSubjectOnNewServers()
    {
        WireStream stream = await NewStreamAsync();
        await using Inbox inbox = await Client.SubscribeAsync();
        string subject = $"$JS.API.CONSUMER.MSG.NEXT.{stream.Name}.nope";

        await Client.PublishAsync(subject, "1", replyTo: inbox.Subject);

        IReadOnlyList<Received> answers = await inbox.AllAsync(0.3);
        answers.Select(answer => (answer.Status, answer.Header("Nats-Subject"))).ShouldBe(IsOld ? [] : [("503", subject)]);
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
