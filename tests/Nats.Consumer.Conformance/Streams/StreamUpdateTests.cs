using System.Text.Json.Nodes;
using Nats.Consumer.Conformance.Targets;
using Nats.Consumer.Conformance.Wire;

namespace Nats.Consumer.Conformance.Streams;

/// <summary>What of a stream may change.</summary>
public abstract class StreamUpdateTests(Target target) : Conformance(target)
{
    public sealed class OnInMemory29(InMemory29 target) : StreamUpdateTests(target), IClassFixture<InMemory29>;

    public sealed class OnInMemory215(InMemory215 target) : StreamUpdateTests(target), IClassFixture<InMemory215>;

    [Trait("Category", "Server")]
    public sealed class OnServer(ServerTarget target) : StreamUpdateTests(target), IClassFixture<ServerTarget>;

    [Theory]
    [InlineData("""{"subjects":["~.a","~.b"]}""", null)]
    [InlineData("""{"max_age":60000000000,"duplicate_window":60000000000}""", null)]
    [InlineData("""{"max_msgs":10}""", null)]
    [InlineData("""{"max_bytes":1000}""", null)]
    [InlineData("""{"max_msg_size":100}""", null)]
    [InlineData("""{"max_msgs_per_subject":1}""", null)]
    [InlineData("""{"discard":"new"}""", null)]
    [InlineData("""{"allow_direct":true}""", null)]
    [InlineData("""{"allow_rollup_hdrs":true}""", null)]
    [InlineData("""{"no_ack":true}""", null)]
    [InlineData("""{"description":"other"}""", null)]
    [InlineData("""{"deny_delete":true}""", null)]
    [InlineData("""{"deny_purge":true}""", null)]
    [InlineData("""{"storage":"file"}""", "stream configuration update can not change storage type")]
    [InlineData("""{"retention":"workqueue"}""", "stream configuration update can not change retention policy to/from workqueue")]
    public async Task Update_Field_IsTakenOrRefused(string change, string? refusal)
    {
        WireStream stream = await NewStreamAsync();

        JsonObject answer = await UpdateAsync(stream, change);

        if (refusal is null)
        {
            answer["error"].ShouldBeNull();
            foreach ((string field, JsonNode? value) in JsonNode.Parse(change.Replace("~", stream.Name, StringComparison.Ordinal))!.AsObject())
                JsonNode.DeepEquals(answer["config"]![field], value).ShouldBeTrue(answer["config"]!.ToJsonString());
        }
        else
        {
            ApiRefusal.From(answer, change).ShouldBe(new ApiRefusal(500, 10052, IsOld && change.Contains("retention", StringComparison.Ordinal) ? "stream configuration update can not change retention policy" : refusal));
        }
    }

    [Theory]
    [InlineData("""{"retention":"interest"}""", "stream configuration update can not change retention policy")]
    [InlineData("""{"max_consumers":5}""", "stream configuration update can not change MaxConsumers")]
    public async Task Update_Field_IsRefusedByOldServersOnly(string change, string refusal)
    {
        WireStream stream = await NewStreamAsync();

        JsonObject answer = await UpdateAsync(stream, change);

        if (IsOld)
            ApiRefusal.From(answer, change).ShouldBe(new ApiRefusal(500, 10052, refusal));
        else
            answer["error"].ShouldBeNull();
    }

    [Theory]
    [InlineData("deny_delete", "stream configuration update can not cancel deny message deletes")]
    [InlineData("deny_purge", "stream configuration update can not cancel deny purge")]
    public async Task Update_TakingBackADenial_IsRefused(string field, string refusal)
    {
        WireStream stream = await NewStreamAsync($$"""{"{{field}}":true}""");

        ApiRefusal.From(await UpdateAsync(stream, $$"""{"{{field}}":false}"""), field).Description.ShouldBe(refusal);
    }

    [Fact]
    public async Task Update_Sparse_ResetsTheRest()
    {
        WireStream stream = await NewStreamAsync("""{"max_msgs":100,"max_age":3600000000000,"allow_direct":true,"discard":"new","storage":"file"}""");

        JsonNode config = (await Client.DoAsync($"STREAM.UPDATE.{stream.Name}", $$"""{"name":"{{stream.Name}}","subjects":["{{stream.Name}}.>"]}"""))["config"]!;

        ((long)config["max_msgs"]!).ShouldBe(-1);
        ((long)config["max_age"]!).ShouldBe(0);
        ((bool)config["allow_direct"]!).ShouldBeFalse();
        ((string)config["discard"]!).ShouldBe("old");
    }

    [Fact]
    public async Task Update_Subjects_CapturesTheNewOnesOnly()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a");

        await UpdateAsync(stream, """{"subjects":["~.b"]}""");

        (await Client.RequestAsync(stream.Subject("a"))).Status.ShouldBe(Nats.Consumer.Client.NatsReplyStatus.NoResponders);
        (await stream.PublishAsync("b")).ShouldBe(2ul);
    }

    [Fact]
    public async Task Update_LowerLimit_RemovesWhatIsAboveIt()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishManyAsync(5);

        await UpdateAsync(stream, """{"max_msgs":2}""");

        JsonNode state = await stream.StateAsync();
        ((long)state["messages"]!).ShouldBe(2);
        ((ulong)state["first_seq"]!).ShouldBe(4ul);
    }

    [Fact]
    public async Task Update_SubjectsOfAnotherStream_IsRefused()
    {
        WireStream one = await NewStreamAsync();
        WireStream other = await NewStreamAsync();

        ApiRefusal.From(await UpdateAsync(one, $$"""{"subjects":["{{other.Name}}.x"]}"""), "update").ErrorCode.ShouldBe(10065);
    }

    [Fact]
    public async Task Update_MissingStream_IsNotFound()
    {
        (await Client.RefusedAsync("STREAM.UPDATE.nowhere", """{"name":"nowhere"}""")).ShouldBe(new ApiRefusal(404, 10059, "stream not found"));
    }

    [Fact]
    public async Task Update_Sealed_LetsNothingInAndOut()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a", "1");

        (await UpdateAsync(stream, """{"sealed":true}"""))["error"].ShouldBeNull();

        (await Client.RefusedAsync($"STREAM.PURGE.{stream.Name}")).ShouldBe(new ApiRefusal(400, 10109, "invalid operation on sealed stream"));
        (await Client.RefusedAsync($"STREAM.MSG.DELETE.{stream.Name}", """{"seq":1}""")).ErrorCode.ShouldBe(10109);
        JsonObject published = await stream.TryPublishAsync("a", "2");
        ApiRefusal.From(published, "publish").ErrorCode.ShouldBe(10109);
    }

    private async Task<JsonObject> UpdateAsync(WireStream stream, string change)
    {
        JsonObject config = (await stream.InfoAsync())["config"]!.DeepClone().AsObject();
        foreach ((string field, JsonNode? value) in JsonNode.Parse(change.Replace("~", stream.Name, StringComparison.Ordinal))!.AsObject())
            config[field] = value?.DeepClone();
        return await Client.AskAsync($"STREAM.UPDATE.{stream.Name}", config.ToJsonString());
    }
}
