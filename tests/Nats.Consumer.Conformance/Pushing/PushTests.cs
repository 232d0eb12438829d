using System.Text.Json.Nodes;
using Nats.Consumer.Conformance.Targets;
using Nats.Consumer.Conformance.Wire;

namespace Nats.Consumer.Conformance.Pushing;

/// <summary>Push consumers: interest, groups, flow control, heartbeats.</summary>
public abstract class PushTests(Target target) : Conformance(target)
{
    public sealed class OnInMemory29(InMemory29 target) : PushTests(target), IClassFixture<InMemory29>;

    public sealed class OnInMemory215(InMemory215 target) : PushTests(target), IClassFixture<InMemory215>;

    [Trait("Category", "Server")]
    public sealed class OnServer(ServerTarget target) : PushTests(target), IClassFixture<ServerTarget>;

    [Fact]
    public async Task Push_Subscribed_IsDelivered()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishManyAsync(2);
        await using Inbox inbox = await Client.SubscribeAsync();
        WireConsumer consumer = await stream.ConsumerAsync($$"""{"deliver_subject":"{{inbox.Subject}}"}""");

        IReadOnlyList<Received> both = await inbox.NextAsync(2);

        both.Select(message => message.ToString()).ShouldBe(["1#1", "2#1"]);
        both[0].Subject.ShouldBe(stream.Subject("a")); // the original one, not the deliver subject
        JsonObject info = await consumer.InfoAsync();
        ((bool)info["push_bound"]!).ShouldBeTrue();
        ((int)info["num_ack_pending"]!).ShouldBe(2);
        ((int)info["num_waiting"]!).ShouldBe(0);
    }

    [Fact]
    public async Task Push_NobodySubscribes_WaitsForSomebody()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a", "1");
        string subject = WireClient.NewName("d");
        WireConsumer consumer = await stream.ConsumerAsync($$"""{"deliver_subject":"{{subject}}"}""");
        await Target.WaitAsync(() => false, Moment);
        JsonObject info = await consumer.InfoAsync();
        ((int)info["num_pending"]!).ShouldBe(1);
        info["push_bound"].ShouldBeNull();

        await using Inbox inbox = await Client.SubscribeAsync(subject);

        (await inbox.NextAsync()).Text.ShouldBe("1");
    }

    [Fact]
    public async Task Push_SubscriberLeaves_RestWaits()
    {
        WireStream stream = await NewStreamAsync();
        string subject = WireClient.NewName("d");
        Inbox inbox = await Client.SubscribeAsync(subject);
        WireConsumer consumer = await stream.ConsumerAsync($$"""{"deliver_subject":"{{subject}}"}""");
        await stream.PublishAsync("a", "1");
        await inbox.NextAsync();
        await inbox.DisposeAsync();
        await Client.FlushAsync();
        await Target.WaitAsync(() => false, Moment);

        await stream.PublishAsync("a", "2");

        (await consumer.NumberAsync("num_pending")).ShouldBe(1);
        await using Inbox again = await Client.SubscribeAsync(subject);
        (await again.NextAsync()).ToString().ShouldBe("2#1");
    }

    [Fact]
    public async Task Push_AckWaitOver_ComesAgain()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a", "1");
        await using Inbox inbox = await Client.SubscribeAsync();
        await stream.ConsumerAsync($$"""{"deliver_subject":"{{inbox.Subject}}","ack_wait":{{Nanoseconds(0.4)}}}""");

        IReadOnlyList<Received> both = await inbox.NextAsync(2);

        both[1].Delivered.ShouldBe(2);
        ShouldBeAt(both[1].At - both[0].At, 0.4);
    }

    [Theory]
    [InlineData("-NAK", 0)]
    [InlineData("""-NAK {"delay":400000000}""", 0.4)]
    public async Task Push_Nak_ComesAgain(string nak, double delay)
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a", "1");
        await using Inbox inbox = await Client.SubscribeAsync();
        WireConsumer consumer = await stream.ConsumerAsync($$"""{"deliver_subject":"{{inbox.Subject}}"}""");
        Received first = await inbox.NextAsync();

        await consumer.SettleAsync(first, nak);

        ShouldBeAt((await inbox.NextAsync()).At - first.At, delay);
    }

    [Fact]
    public async Task Push_MaxAckPending_HoldsTheRestBack()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishManyAsync(3);
        await using Inbox inbox = await Client.SubscribeAsync();
        WireConsumer consumer = await stream.ConsumerAsync($$"""{"deliver_subject":"{{inbox.Subject}}","max_ack_pending":2}""");
        IReadOnlyList<Received> two = await inbox.NextAsync(2);
        (await inbox.AllAsync()).ShouldBeEmpty();

        await consumer.SettleAsync(two[1]);

        (await inbox.NextAsync()).Text.ShouldBe("3");
    }

    [Fact]
    public async Task Push_TwoSubscribers_BothGetEverything()
    {
        WireStream stream = await NewStreamAsync();
        string subject = WireClient.NewName("d");
        await using Inbox one = await Client.SubscribeAsync(subject);
        await using Inbox other = await Client.SubscribeAsync(subject);
        await stream.ConsumerAsync($$"""{"deliver_subject":"{{subject}}"}""");

        await stream.PublishAsync("a", "1");

        (await one.NextAsync()).Text.ShouldBe("1");
        (await other.NextAsync()).Text.ShouldBe("1");
    }

    [Fact]
    public async Task PushGroup_PlainSubscriber_GetsCopiesOnlyOnceThereIsAMember()
    {
        WireStream stream = await NewStreamAsync();
        string subject = WireClient.NewName("d");
        await using Inbox plain = await Client.SubscribeAsync(subject);
        await stream.ConsumerAsync($$"""{"deliver_subject":"{{subject}}","deliver_group":"g"}""");
        await stream.PublishAsync("a", "1");
        (await plain.AllAsync(0.3)).ShouldBeEmpty();

        await using Inbox member = await Client.SubscribeAsync(subject, "g");

        (await member.NextAsync()).Text.ShouldBe("1");
        (await plain.NextAsync()).Text.ShouldBe("1");
    }

    [Fact]
    public async Task PushGroup_Members_ShareTheWork()
    {
        WireStream stream = await NewStreamAsync();
        string subject = WireClient.NewName("d");
        await using Inbox one = await Client.SubscribeAsync(subject, "g");
        await using Inbox other = await Client.SubscribeAsync(subject, "g");
        await stream.ConsumerAsync($$"""{"deliver_subject":"{{subject}}","deliver_group":"g"}""");

        await stream.PublishManyAsync(40);
        await Target.WaitAsync(() => one.Count + other.Count >= 40, Soon);

        (one.Count + other.Count).ShouldBe(40);
        one.Count.ShouldBeInRange(5, 35);
    }

    [Fact]
    public async Task PushGroup_MembersOfAnotherGroup_GetNothing()
    {
        WireStream stream = await NewStreamAsync();
        string subject = WireClient.NewName("d");
        await using Inbox stranger = await Client.SubscribeAsync(subject, "other");
        await stream.ConsumerAsync($$"""{"deliver_subject":"{{subject}}","deliver_group":"g"}""");

        await stream.PublishAsync("a", "1");

        (await stranger.AllAsync(0.3)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Push_IdleHeartbeats_ComeInBetween()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a", "1");
        await using Inbox inbox = await Client.SubscribeAsync();
        await stream.ConsumerAsync($$"""{"deliver_subject":"{{inbox.Subject}}","idle_heartbeat":{{Nanoseconds(0.4)}}}""");
        Received message = await inbox.NextAsync();

        IReadOnlyList<Received> beats = await inbox.NextAsync(2);

        beats.Select(beat => beat.Status).ShouldBe(["100 Idle Heartbeat", "100 Idle Heartbeat"]);
        beats[0].Header("Nats-Last-Consumer").ShouldBe("1");
        beats[0].Header("Nats-Last-Stream").ShouldBe("1");
        beats[0].Header("Nats-Consumer-Stalled").ShouldBeNull();
        ShouldBeAt(beats[0].At - message.At, 0.4);
        ShouldBeAt(beats[1].At - beats[0].At, 0.4);
    }

    [Fact]
    public async Task Push_FlowControl_AsksAndStallsUntilItIsAnswered()
    {
        WireStream stream = await NewStreamAsync();
        string payload = new('x', 200_000);
        await using Inbox inbox = await Client.SubscribeAsync();
        await stream.ConsumerAsync($$"""{"deliver_subject":"{{inbox.Subject}}","flow_control":true,"idle_heartbeat":{{Nanoseconds(0.5)}},"ack_policy":"none"}""");
        for (int i = 0; i < 20; i++)
            await stream.PublishAsync("a", payload);

        IReadOnlyList<Received> before = await inbox.AllAsync(0.3);
        Received question = before.Single(message => message.Status == "100 FlowControl Request");
        int messages = before.Count(message => !message.IsStatus);
        messages.ShouldBeLessThan(20); // a window of 2 MiB, asked about at its half
        Received stalled = before.LastOrDefault(message => message.Header("Nats-Consumer-Stalled") is not null) ?? await inbox.NextAsync(); // a busy machine is late
        stalled.Status.ShouldBe("100 Idle Heartbeat");
        stalled.Header("Nats-Consumer-Stalled").ShouldBe(question.ReplyTo);

        await Client.PublishAsync(question.ReplyTo);
        while (messages < 20)
        {
            Received next = await inbox.NextAsync();
            if (!next.IsStatus)
                messages++;
            else if (next.Message.ReplyTo is { } reply)
                await Client.PublishAsync(reply);
        }
    }

    [Fact]
    public async Task Push_Ephemeral_GoesWhenNobodySubscribesAnyMore()
    {
        WireStream stream = await NewStreamAsync();
        Inbox inbox = await Client.SubscribeAsync();
        string body = stream.Body($$"""{"deliver_subject":"{{inbox.Subject}}","inactive_threshold":{{Nanoseconds(0.3)}}}""", durable: null);
        string name = (string)(await Client.DoAsync($"CONSUMER.CREATE.{stream.Name}", body))["name"]!;
        await Target.WaitAsync(() => false, Seconds(0.8));
        await Client.DoAsync($"CONSUMER.INFO.{stream.Name}.{name}");

        await inbox.DisposeAsync();
        await Target.WaitAsync(() => false, Seconds(1.5));

        (await Client.RefusedAsync($"CONSUMER.INFO.{stream.Name}.{name}")).ErrorCode.ShouldBe(10014);
    }

    [Fact]
    public async Task Push_DeliverSubject_CannotChangeWhileSomebodySubscribes()
    {
        WireStream stream = await NewStreamAsync();
        await using Inbox inbox = await Client.SubscribeAsync();
        await stream.ConsumerAsync($$"""{"deliver_subject":"{{inbox.Subject}}"}""");

        (await stream.ConsumerRefusedAsync("""{"deliver_subject":"d.other"}""")).ErrorCode.ShouldBe(10013);
    }

    [Fact]
    public async Task Push_DeliverSubjectChangedWhileNobodySubscribes_GoesThere()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a", "1");
        await stream.ConsumerAsync($$"""{"deliver_subject":"{{WireClient.NewName("d")}}"}""");
        await using Inbox inbox = await Client.SubscribeAsync();

        await stream.ConsumerAsync($$"""{"deliver_subject":"{{inbox.Subject}}"}""");

        (await inbox.NextAsync()).Text.ShouldBe("1");
    }

    [Theory]
    [InlineData("""{"idle_heartbeat":1000000000}""", "heart beats can not be updated")]
    [InlineData("""{"flow_control":true,"idle_heartbeat":500000000}""", "flow control can not be updated")]
    public async Task Push_Update_IsRefused(string change, string description)
    {
        WireStream stream = await NewStreamAsync();
        string subject = WireClient.NewName("d");
        await stream.ConsumerAsync($$"""{"deliver_subject":"{{subject}}","idle_heartbeat":500000000}""");
        JsonObject config = JsonNode.Parse(change)!.AsObject();
        config["deliver_subject"] = subject;

        (await stream.ConsumerRefusedAsync(config.ToJsonString())).ShouldBe(new ApiRefusal(500, 10012, description));
    }

    [Fact]
    public async Task Push_ToPull_IsRefused()
    {
        WireStream stream = await NewStreamAsync();
        await stream.ConsumerAsync($$"""{"deliver_subject":"{{WireClient.NewName("d")}}"}""");

        (await stream.ConsumerRefusedAsync("{}")).Description.ShouldBe(IsOld ? "max waiting can not be updated" : "can not update push consumer to pull based");
    }

    [Fact]
    public async Task Push_HeadersOnly_TellsTheSize()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a", "hello");
        await using Inbox inbox = await Client.SubscribeAsync();
        await stream.ConsumerAsync($$"""{"deliver_subject":"{{inbox.Subject}}","headers_only":true}""");

        Received message = await inbox.NextAsync();

        message.Text.ShouldBeEmpty();
        message.Header("Nats-Msg-Size").ShouldBe("5");
    }

    [Fact]
    public async Task Push_Ordered_AckNone_CountsDeliveries()
    {
        WireStream stream = await NewStreamAsync();
        await using Inbox inbox = await Client.SubscribeAsync();
        string body = stream.Body(
            $$"""{"deliver_subject":"{{inbox.Subject}}","ack_policy":"none","max_deliver":1,"mem_storage":true,"flow_control":true,"idle_heartbeat":{{Nanoseconds(5)}},"num_replicas":1}""", durable: null);
        await Client.DoAsync($"CONSUMER.CREATE.{stream.Name}", body);

        await stream.PublishManyAsync(3);

        (await inbox.NextAsync(3)).Select(message => message.ConsumerSequence).ShouldBe([1ul, 2ul, 3ul]);
    }
}
