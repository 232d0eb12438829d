using System.Text.Json.Nodes;
using Nats.Consumer.Conformance.Targets;
using Nats.Consumer.Conformance.Wire;

namespace Nats.Consumer.Conformance.Consumers;

/// <summary>How many consumers there may be, how they are listed, and how they end.</summary>
public abstract class ConsumerLifeTests(Target target) : Conformance(target)
{
    public sealed class OnInMemory29(InMemory29 target) : ConsumerLifeTests(target), IClassFixture<InMemory29>;

    public sealed class OnInMemory215(InMemory215 target) : ConsumerLifeTests(target), IClassFixture<InMemory215>;

    [Trait("Category", "Server")]
    public sealed class OnServer(ServerTarget target) : ConsumerLifeTests(target), IClassFixture<ServerTarget>;

    [Fact]
    public async Task MaxConsumers_Reached_IsRefused()
    {
        WireStream stream = await NewStreamAsync("""{"max_consumers":1}""");
        await stream.ConsumerAsync("{}", "one");

        (await stream.ConsumerRefusedAsync("{}", "two")).ShouldBe(new ApiRefusal(400, 10026, "maximum consumers limit reached"));
        await stream.ConsumerAsync("""{"ack_wait":1000000000}""", "one"); // changing is allowed
    }

    [Fact]
    public async Task ConsumerLimits_OfTheStream_AreDefaultsAndBounds()
    {
        if (IsOld)
            return;
        WireStream stream = await NewStreamAsync("""{"consumer_limits":{"max_ack_pending":10,"inactive_threshold":60000000000} }""");

        JsonNode config = (await (await stream.ConsumerAsync()).InfoAsync())["config"]!;

        ((long)config["max_ack_pending"]!).ShouldBe(10);
        ((long)config["inactive_threshold"]!).ShouldBe(Nanoseconds(60));
        (await stream.ConsumerRefusedAsync("""{"max_ack_pending":11}""", "d")).ShouldBe(new ApiRefusal(400, 10121, "consumer max ack pending exceeds system limit of 10"));
        (await stream.ConsumerRefusedAsync("""{"inactive_threshold":61000000000}""", "d")).ErrorCode.ShouldBe(10153);
    }

    [Theory]
    [InlineData("""{"ack_policy":"none"}""", 10084)]
    [InlineData("""{"ack_policy":"all"}""", 10098)]
    [InlineData("""{"deliver_policy":"new"}""", 10101)]
    [InlineData("""{"deliver_policy":"last"}""", 10101)]
    public async Task WorkQueue_Consumer_MustAckEachAndTakeAll(string config, int errorCode)
    {
        WireStream stream = await NewStreamAsync("""{"retention":"workqueue"}""");

        (await stream.ConsumerRefusedAsync(config)).ErrorCode.ShouldBe(errorCode);
    }

    [Theory]
    [InlineData("{}", "{}", 10099)]
    [InlineData("{}", """{"filter_subject":"~.a"}""", 10100)]
    [InlineData("""{"filter_subject":"~.a"}""", "{}", 10099)]
    [InlineData("""{"filter_subject":"~.a"}""", """{"filter_subject":"~.a"}""", 10100)]
    [InlineData("""{"filter_subject":"~.a"}""", """{"filter_subject":"~.*"}""", 10100)]
    [InlineData("""{"filter_subject":"~.>"}""", """{"filter_subject":"~.a"}""", 10100)]
    [InlineData("""{"filter_subject":"~.a"}""", """{"filter_subject":"~.b"}""", 0)]
    [InlineData("""{"filter_subject":"~.a.*"}""", """{"filter_subject":"~.b.*"}""", 0)]
    public async Task WorkQueue_SecondConsumer_MustTakeOtherMessages(string first, string second, int errorCode)
    {
        WireStream stream = await NewStreamAsync("""{"retention":"workqueue"}""");
        await stream.ConsumerAsync(first, "one");

        if (errorCode == 0)
            await stream.ConsumerAsync(second, "two");
        else
            (await stream.ConsumerRefusedAsync(second, "two")).ErrorCode.ShouldBe(errorCode);
    }

    [Fact]
    public async Task WorkQueue_PartlyOverlappingFilters_AreOverlookedByOldServers()
    {
        WireStream stream = await NewStreamAsync("""{"retention":"workqueue"}""");
        await stream.ConsumerAsync("""{"filter_subject":"~.*.q"}""", "one");

        if (IsOld)
            await stream.ConsumerAsync("""{"filter_subject":"~.r.*"}""", "two");
        else
            (await stream.ConsumerRefusedAsync("""{"filter_subject":"~.r.*"}""", "two")).ErrorCode.ShouldBe(10100);
    }

    [Fact]
    public async Task Names_Consumers_AreListedInOrder()
    {
        WireStream stream = await NewStreamAsync();
        foreach (string name in new[] { "b", "a", "c" })
            await stream.ConsumerAsync("{}", name);

        JsonObject names = await Client.DoAsync($"CONSUMER.NAMES.{stream.Name}");
        JsonObject rest = await Client.DoAsync($"CONSUMER.NAMES.{stream.Name}", """{"offset":1}""");

        names["consumers"]!.ToJsonString().ShouldBe("""["a","b","c"]""");
        ((int)names["total"]!).ShouldBe(3);
        ((int)names["limit"]!).ShouldBe(1024);
        rest["consumers"]!.ToJsonString().ShouldBe("""["b","c"]""");
        ((int)rest["offset"]!).ShouldBe(1);
    }

    [Fact]
    public async Task List_Consumers_DescribesThem()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a");
        await stream.ConsumerAsync("""{"description":"mine"}""");

        JsonObject list = await Client.DoAsync($"CONSUMER.LIST.{stream.Name}");

        JsonNode one = list["consumers"]!.AsArray().Single()!;
        ((string)one["name"]!).ShouldBe("c");
        ((string)one["config"]!["description"]!).ShouldBe("mine");
        ((int)one["num_pending"]!).ShouldBe(1);
        ((int)list["limit"]!).ShouldBe(256);
        ((int)(await stream.StateAsync())["consumer_count"]!).ShouldBe(1);
    }

    [Fact]
    public async Task Delete_Consumer_IsGone()
    {
        WireStream stream = await NewStreamAsync();
        WireConsumer consumer = await stream.ConsumerAsync();

        await consumer.DeleteAsync();

        (await Client.RefusedAsync($"CONSUMER.DELETE.{stream.Name}.c")).ShouldBe(new ApiRefusal(404, 10014, "consumer not found"));
        (await Client.RefusedAsync($"CONSUMER.INFO.{stream.Name}.c")).ShouldBe(new ApiRefusal(404, 10014, "consumer not found"));
    }

    [Fact]
    public async Task Unused_Ephemeral_GoesByItself()
    {
        WireStream stream = await NewStreamAsync();
        await Client.DoAsync($"CONSUMER.CREATE.{stream.Name}.mine", stream.Body($$"""{"name":"mine","inactive_threshold":{{Nanoseconds(0.3)}}}""", durable: null));

        await Target.WaitAsync(() => false, Seconds(2.2));

        (await Client.RefusedAsync($"CONSUMER.INFO.{stream.Name}.mine")).ErrorCode.ShouldBe(10014);
    }

    [Fact]
    public async Task Unused_DurableWithThreshold_GoesToo()
    {
        WireStream stream = await NewStreamAsync();
        await stream.ConsumerAsync($$"""{"inactive_threshold":{{Nanoseconds(0.3)}}}""");

        await Target.WaitAsync(() => false, Seconds(2.2));

        (await Client.RefusedAsync($"CONSUMER.INFO.{stream.Name}.c")).ErrorCode.ShouldBe(10014);
    }

    [Fact]
    public async Task Used_ConsumerWithThreshold_Stays()
    {
        WireStream stream = await NewStreamAsync();
        WireConsumer consumer = await stream.ConsumerAsync($$"""{"inactive_threshold":{{Nanoseconds(0.3)}}}""");
        await using Inbox inbox = await consumer.PullAsync(1, 10);

        await Target.WaitAsync(() => false, Seconds(2.2));

        (await consumer.NumberAsync("num_waiting")).ShouldBe(1);
    }
}
