using System.Text.Json.Nodes;
using Nats.Consumer.Conformance.Targets;
using Nats.Consumer.Conformance.Wire;

namespace Nats.Consumer.Conformance.Streams;

/// <summary>Purges, and single messages that are deleted.</summary>
public abstract class RemovalTests(Target target) : Conformance(target)
{
    public sealed class OnInMemory29(InMemory29 target) : RemovalTests(target), IClassFixture<InMemory29>;

    public sealed class OnInMemory215(InMemory215 target) : RemovalTests(target), IClassFixture<InMemory215>;

    [Trait("Category", "Server")]
    public sealed class OnServer(ServerTarget target) : RemovalTests(target), IClassFixture<ServerTarget>;

    [Theory]
    [InlineData("", 6, 0)]
    [InlineData("""{"filter":"~.a"}""", 3, 3)]
    [InlineData("""{"filter":"~.*"}""", 6, 0)]
    [InlineData("""{"filter":"~.zzz"}""", 0, 6)]
    [InlineData("""{"keep":2}""", 4, 2)]
    [InlineData("""{"keep":10}""", 0, 6)]
    [InlineData("""{"seq":4}""", 3, 3)]
    [InlineData("""{"seq":100}""", 6, 0)]
    [InlineData("""{"filter":"~.a","keep":1}""", 2, 4)]
    [InlineData("""{"filter":"~.a","seq":4}""", 2, 4)]
    public async Task Purge_Request_RemovesWhatItNames(string body, long purged, long left)
    {
        WireStream stream = await NewStreamAsync();
        for (int i = 0; i < 6; i++)
            await stream.PublishAsync(i % 2 == 0 ? "a" : "b");

        JsonObject answer = await Client.DoAsync($"STREAM.PURGE.{stream.Name}", body.Replace("~", stream.Name, StringComparison.Ordinal));

        ((bool)answer["success"]!).ShouldBeTrue();
        ((long)answer["purged"]!).ShouldBe(purged);
        (await stream.CountAsync()).ShouldBe(left);
    }

    [Fact]
    public async Task Purge_UpToTheFirst_RemovesAllOnOldServersAndNothingOnNewOnes()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishManyAsync(3);

        ((long)(await Client.DoAsync($"STREAM.PURGE.{stream.Name}", """{"seq":1}"""))["purged"]!).ShouldBe(IsOld ? 3 : 0);
    }

    [Fact]
    public async Task Purge_UpToTheFuture_GoesOnThere()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishManyAsync(2);

        await Client.DoAsync($"STREAM.PURGE.{stream.Name}", """{"seq":100}""");

        (await stream.PublishAsync("a")).ShouldBe(100ul);
    }

    [Fact]
    public async Task Purge_SequenceAndKeep_IsRefused()
    {
        WireStream stream = await NewStreamAsync();

        (await Client.RefusedAsync($"STREAM.PURGE.{stream.Name}", """{"seq":2,"keep":2}""")).ShouldBe(new ApiRefusal(400, 10003, "bad request"));
    }

    [Fact]
    public async Task Purge_Denied_IsRefused()
    {
        WireStream stream = await NewStreamAsync("""{"deny_purge":true}""");

        ApiRefusal refusal = await Client.RefusedAsync($"STREAM.PURGE.{stream.Name}");

        refusal.ErrorCode.ShouldBe(10110);
        refusal.Description.ShouldBe("stream purge not permitted");
    }

    [Fact]
    public async Task Purge_OfWhatAConsumerHasPending_SettlesIt()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishManyAsync(3);
        WireConsumer consumer = await stream.ConsumerAsync();
        await consumer.NextAsync();

        await Client.DoAsync($"STREAM.PURGE.{stream.Name}");

        await consumer.ShouldHaveAsync("num_ack_pending", 0);
        (await consumer.NumberAsync("num_pending")).ShouldBe(0);
        await stream.PublishAsync("a", "after");
        (await consumer.TextsAsync()).ShouldBe(["after#1"]);
    }

    [Fact]
    public async Task DeleteMessage_Middle_LeavesAGap()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishManyAsync(3);

        await Client.DoAsync($"STREAM.MSG.DELETE.{stream.Name}", """{"seq":2}""");

        JsonNode state = (await stream.InfoAsync("""{"deleted_details":true}"""))["state"]!;
        ((long)state["messages"]!).ShouldBe(2);
        ((long)state["num_deleted"]!).ShouldBe(1);
        state["deleted"]!.ToJsonString().ShouldBe("[2]");
        (await (await stream.ConsumerAsync()).TextsAsync()).ShouldBe(["1#1", "3#1"]);
    }

    [Fact]
    public async Task DeleteMessage_First_MovesTheBeginning()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishManyAsync(3);

        await Client.DoAsync($"STREAM.MSG.DELETE.{stream.Name}", """{"seq":1,"no_erase":true}""");

        ((ulong)(await stream.StateAsync())["first_seq"]!).ShouldBe(2ul);
    }

    [Theory]
    [InlineData("{}", """{"seq":9}""", 400, 10043, "sequence 9 not found")]
    [InlineData("{}", "", 400, 10003, "bad request")]
    [InlineData("""{"deny_delete":true}""", """{"seq":1}""", 500, 10057, "message delete not permitted")]
    public async Task DeleteMessage_Refused_SaysWhy(string config, string body, int code, int errorCode, string description)
    {
        WireStream stream = await NewStreamAsync(config);
        await stream.PublishAsync("a");

        (await Client.RefusedAsync($"STREAM.MSG.DELETE.{stream.Name}", body)).ShouldBe(new ApiRefusal(code, errorCode, description));
    }
}
