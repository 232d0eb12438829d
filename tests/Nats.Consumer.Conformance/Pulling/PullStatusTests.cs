using Nats.Consumer.Client;
using Nats.Consumer.Conformance.Targets;
using Nats.Consumer.Conformance.Wire;

namespace Nats.Consumer.Conformance.Pulling;

/// <summary>What a server says to pull requests: every status.</summary>
public abstract class PullStatusTests(Target target) : Conformance(target)
{
    public sealed class OnInMemory29(InMemory29 target) : PullStatusTests(target), IClassFixture<InMemory29>;

    public sealed class OnInMemory215(InMemory215 target) : PullStatusTests(target), IClassFixture<InMemory215>;

    [Trait("Category", "Server")]
    public sealed class OnServer(ServerTarget target) : PullStatusTests(target), IClassFixture<ServerTarget>;

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
}
