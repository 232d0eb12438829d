using System.Text.Json.Nodes;
using Nats.Consumer.Conformance.Targets;
using Nats.Consumer.Conformance.Wire;

namespace Nats.Consumer.Conformance.Consumers;

/// <summary>What of a consumer may change.</summary>
public abstract class ConsumerUpdateTests(Target target) : Conformance(target)
{
    public sealed class OnInMemory29(InMemory29 target) : ConsumerUpdateTests(target), IClassFixture<InMemory29>;

    public sealed class OnInMemory215(InMemory215 target) : ConsumerUpdateTests(target), IClassFixture<InMemory215>;

    [Trait("Category", "Server")]
    public sealed class OnServer(ServerTarget target) : ConsumerUpdateTests(target), IClassFixture<ServerTarget>;

    [Theory]
    [InlineData("create", "{}", 0, 0)]
    [InlineData("create", """{"ack_wait":7000000000}""", 10148, 0)]
    [InlineData("update", """{"ack_wait":7000000000}""", 0, 0)]
    [InlineData("", """{"ack_wait":7000000000}""", 0, 0)]
    [InlineData("nonsense", "{}", 10025, 0)]
    public async Task Action_ExistingConsumer_CountsOnNewServers(string action, string config, int onNew, int onOld)
    {
        WireStream stream = await NewStreamAsync();
        await stream.ConsumerAsync();

        JsonObject answer = await Client.AskAsync($"CONSUMER.CREATE.{stream.Name}.c", stream.Body(config, "c", action));

        int errorCode = IsOld ? onOld : onNew;
        if (errorCode == 0)
            answer["error"].ShouldBeNull();
        else
            ApiRefusal.From(answer, action).ErrorCode.ShouldBe(errorCode);
    }

    [Fact]
    public async Task Action_UpdateOfAMissingConsumer_IsRefusedByNewServersAndCreatesOnOldOnes()
    {
        WireStream stream = await NewStreamAsync();

        JsonObject answer = await Client.AskAsync($"CONSUMER.CREATE.{stream.Name}.c", stream.Body("{}", "c", "update"));

        if (IsOld)
            answer["error"].ShouldBeNull();
        else
            ApiRefusal.From(answer, "update").ShouldBe(new ApiRefusal(400, 10149, "consumer does not exist"));
    }

    [Theory]
    [InlineData("""{"ack_wait":20000000000}""")]
    [InlineData("""{"max_deliver":9}""")]
    [InlineData("""{"max_ack_pending":50}""")]
    [InlineData("""{"backoff":[1000000000,2000000000],"max_deliver":5}""")]
    [InlineData("""{"filter_subject":"~.b"}""")]
    [InlineData("""{"inactive_threshold":60000000000}""")]
    [InlineData("""{"headers_only":true}""")]
    [InlineData("""{"description":"x"}""")]
    [InlineData("""{"max_batch":10}""")]
    [InlineData("""{"max_expires":10000000000}""")]
    [InlineData("""{"max_bytes":1000}""")]
    [InlineData("""{"sample_freq":"50%"}""")]
    [InlineData("""{"num_replicas":1}""")]
    public async Task Update_Field_IsTaken(string change)
    {
        WireStream stream = await NewStreamAsync();
        await stream.ConsumerAsync("""{"filter_subject":"~.a"}""");

        WireConsumer consumer = await stream.ConsumerAsync(change);

        JsonNode config = (await consumer.InfoAsync())["config"]!;
        foreach ((string field, JsonNode? value) in JsonNode.Parse(change.Replace("~", stream.Name, StringComparison.Ordinal))!.AsObject())
            JsonNode.DeepEquals(config[field], value).ShouldBeTrue(config.ToJsonString());
    }

    [Theory]
    [InlineData("""{"deliver_policy":"new"}""", "deliver policy can not be updated")]
    [InlineData("""{"ack_policy":"all"}""", "ack policy can not be updated")]
    [InlineData("""{"replay_policy":"original"}""", "replay policy can not be updated")]
    [InlineData("""{"max_waiting":10}""", "max waiting can not be updated")]
    [InlineData("""{"deliver_subject":"d.x"}""", "can not update pull consumer to push based")]
    public async Task Update_Field_IsRefused(string change, string description)
    {
        WireStream stream = await NewStreamAsync();
        await stream.ConsumerAsync();
        if (IsOld && change.Contains("deliver_subject", StringComparison.Ordinal))
            description = "max waiting can not be updated"; // which goes with it

        (await stream.ConsumerRefusedAsync(change)).ShouldBe(new ApiRefusal(500, 10012, description));
    }

    [Fact]
    public async Task Update_Storage_IsRefusedByNewServers()
    {
        WireStream stream = await NewStreamAsync();
        await stream.ConsumerAsync();

        if (IsOld)
            await stream.ConsumerAsync("""{"mem_storage":true}""");
        else
            (await stream.ConsumerRefusedAsync("""{"mem_storage":true}""")).Description.ShouldBe("storage type can not be updated");
    }

    [Fact]
    public async Task Update_Sparse_ResetsTheRest()
    {
        WireStream stream = await NewStreamAsync();
        await stream.ConsumerAsync("""{"max_deliver":7,"max_ack_pending":11,"filter_subject":"~.a","description":"d"}""");

        JsonNode config = (await (await stream.ConsumerAsync("""{"ack_wait":45000000000}""")).InfoAsync())["config"]!;

        ((long)config["max_deliver"]!).ShouldBe(-1);
        ((long)config["max_ack_pending"]!).ShouldBe(1000);
        config["filter_subject"].ShouldBeNull();
        config["description"].ShouldBeNull();
    }
}
