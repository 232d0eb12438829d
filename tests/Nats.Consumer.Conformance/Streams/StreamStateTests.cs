using System.Text.Json.Nodes;
using Nats.Consumer.Client;
using Nats.Consumer.Conformance.Targets;
using Nats.Consumer.Conformance.Wire;

namespace Nats.Consumer.Conformance.Streams;

/// <summary>What a stream tells of itself, how streams are listed, and how they end.</summary>
public abstract class StreamStateTests(Target target) : Conformance(target)
{
    public sealed class OnInMemory29(InMemory29 target) : StreamStateTests(target), IClassFixture<InMemory29>;

    public sealed class OnInMemory215(InMemory215 target) : StreamStateTests(target), IClassFixture<InMemory215>;

    [Trait("Category", "Server")]
    public sealed class OnServer(ServerTarget target) : StreamStateTests(target), IClassFixture<ServerTarget>;

    [Fact]
    public async Task Info_SubjectsFilter_CountsThem()
    {
        WireStream stream = await NewStreamAsync();
        foreach (string subject in new[] { "a", "b", "a", "c.d" })
            await stream.PublishAsync(subject);

        JsonObject info = await stream.InfoAsync($$"""{"subjects_filter":"{{stream.Name}}.*"}""");

        ((int)info["total"]!).ShouldBe(2);
        JsonNode.DeepEquals(info["state"]!["subjects"], JsonNode.Parse($$"""{"{{stream.Subject("a")}}":2,"{{stream.Subject("b")}}":1}""")).ShouldBeTrue();
        ((int)info["state"]!["num_subjects"]!).ShouldBe(3);
    }

    [Fact]
    public async Task Info_Times_AreThoseOfFirstAndLast()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a");
        await Target.WaitAsync(() => false, Seconds(0.2));
        await stream.PublishAsync("a");

        JsonNode state = await stream.StateAsync();

        TimeSpan between = DateTimeOffset.Parse((string)state["last_ts"]!) - DateTimeOffset.Parse((string)state["first_ts"]!);
        ShouldBeAt(between, 0.2);
    }

    [Fact]
    public async Task Names_BySubject_FindsTheStreamThatCapturesIt()
    {
        WireStream stream = await NewStreamAsync();

        JsonObject names = await Client.DoAsync("STREAM.NAMES", $$"""{"subject":"{{stream.Subject("a.b")}}"}""");

        names["streams"]!.ToJsonString().ShouldBe($"""["{stream.Name}"]""");
        ((int)names["total"]!).ShouldBe(1);
        ((int)names["limit"]!).ShouldBe(1024);
    }

    [Fact]
    public async Task Names_NoSuchSubject_IsEmpty()
    {
        JsonObject names = await Client.DoAsync("STREAM.NAMES", """{"subject":"nobody.captures.this"}""");

        ((int)names["total"]!).ShouldBe(0);
        (names["streams"] as JsonArray)?.Count.ShouldBe(0);
    }

    [Fact]
    public async Task List_BySubject_DescribesTheStream()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a");

        JsonObject list = await Client.DoAsync("STREAM.LIST", $$"""{"subject":"{{stream.Subject("a")}}"}""");

        ((int)list["limit"]!).ShouldBe(256);
        JsonNode one = list["streams"]!.AsArray().Single()!;
        ((string)one["config"]!["name"]!).ShouldBe(stream.Name);
        ((int)one["state"]!["messages"]!).ShouldBe(1);
    }

    [Fact]
    public async Task Names_Offset_SkipsThoseBefore()
    {
        await NewStreamAsync();
        await NewStreamAsync();
        JsonObject all = await Client.DoAsync("STREAM.NAMES");
        int total = (int)all["total"]!;

        JsonObject rest = await Client.DoAsync("STREAM.NAMES", $"{{\"offset\":{total - 1}}}");

        ((int)rest["offset"]!).ShouldBe(total - 1);
        rest["streams"]!.AsArray().Count.ShouldBeInRange(1, 1 + ((int)rest["total"]! - total));
    }

    [Fact]
    public async Task Delete_Stream_TakesItsConsumersAlong()
    {
        WireStream stream = await NewStreamAsync();
        await stream.ConsumerAsync();

        ((bool)(await Client.DoAsync($"STREAM.DELETE.{stream.Name}"))["success"]!).ShouldBeTrue();

        (await Client.RefusedAsync($"STREAM.DELETE.{stream.Name}")).ShouldBe(new ApiRefusal(404, 10059, "stream not found"));
        (await Client.RefusedAsync($"CONSUMER.INFO.{stream.Name}.c")).ShouldBe(new ApiRefusal(404, 10059, "stream not found"));
        (await Client.RequestAsync(stream.Subject("a"))).Status.ShouldBe(NatsReplyStatus.NoResponders);
    }

    [Fact]
    public async Task Delete_WithABody_IsRefused()
    {
        WireStream stream = await NewStreamAsync();

        (await Client.RefusedAsync($"STREAM.DELETE.{stream.Name}", """{"a":1}""")).ShouldBe(new ApiRefusal(400, 10038, "expected an empty request payload"));
    }

    [Fact]
    public async Task FirstSequence_Stated_IsThatOfTheFirstMessage()
    {
        WireStream stream = await NewStreamAsync("""{"first_seq":1000}""");

        (await stream.PublishAsync("a")).ShouldBe(IsOld ? 1ul : 1000ul);
    }

    [Fact]
    public async Task Stream_CapturingAnother_StoresRequestsAndAnswers()
    {
        WireStream stream = await NewStreamAsync();
        await using Inbox service = await Client.SubscribeAsync(stream.Subject("service"));

        JsonObject answer = await stream.TryPublishAsync("service", "1");

        ((ulong)answer["seq"]!).ShouldBe(1ul);
        (await service.NextAsync()).Text.ShouldBe("1");
    }
}
