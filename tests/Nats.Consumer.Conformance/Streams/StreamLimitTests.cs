using System.Text.Json.Nodes;
using Nats.Consumer.Conformance.Targets;
using Nats.Consumer.Conformance.Wire;

namespace Nats.Consumer.Conformance.Streams;

/// <summary>What a stream lets go: limits, ages, roll-ups.</summary>
public abstract class StreamLimitTests(Target target) : Conformance(target)
{
    public sealed class OnInMemory29(InMemory29 target) : StreamLimitTests(target), IClassFixture<InMemory29>;

    public sealed class OnInMemory215(InMemory215 target) : StreamLimitTests(target), IClassFixture<InMemory215>;

    [Trait("Category", "Server")]
    public sealed class OnServer(ServerTarget target) : StreamLimitTests(target), IClassFixture<ServerTarget>;

    [Theory]
    [InlineData("""{"max_msgs":2}""")]
    [InlineData("""{"max_bytes":60}""")]
    public async Task Limit_DiscardOld_LetsTheOldestGo(string config)
    {
        WireStream stream = await NewStreamAsync(config);

        await stream.PublishManyAsync(5);

        JsonNode state = await stream.StateAsync();
        ((long)state["messages"]!).ShouldBe(2);
        ((ulong)state["first_seq"]!).ShouldBe(4ul);
        ((ulong)state["last_seq"]!).ShouldBe(5ul);
    }

    [Theory]
    [InlineData("""{"max_msgs":1,"discard":"new"}""", "maximum messages exceeded")]
    [InlineData("""{"max_bytes":25,"discard":"new"}""", "maximum bytes exceeded")]
    public async Task Limit_DiscardNew_RefusesTheNext(string config, string description)
    {
        WireStream stream = await NewStreamAsync(config);
        await stream.PublishAsync("a");

        (await stream.PublishRefusedAsync("a", "12345")).ShouldBe(new ApiRefusal(503, 10077, description));
        (await stream.CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Limit_PerSubject_KeepsTheLastOfEach()
    {
        WireStream stream = await NewStreamAsync("""{"max_msgs_per_subject":2}""");
        foreach (string subject in new[] { "a", "a", "b", "a", "b", "a" })
            await stream.PublishAsync(subject);

        JsonNode state = (await stream.InfoAsync("""{"subjects_filter":">"}"""))["state"]!;

        ((long)state["messages"]!).ShouldBe(4);
        ((long)state["num_subjects"]!).ShouldBe(2);
        JsonNode.DeepEquals(state["subjects"], JsonNode.Parse($$"""{"{{stream.Subject("a")}}":2,"{{stream.Subject("b")}}":2}""")).ShouldBeTrue();
    }

    [Fact]
    public async Task Limit_PerSubjectDiscardNew_RefusesTheNextOfTheSubjectOnly()
    {
        WireStream stream = await NewStreamAsync("""{"max_msgs_per_subject":1,"discard":"new","discard_new_per_subject":true}""");
        await stream.PublishAsync("a");

        (await stream.PublishRefusedAsync("a")).ShouldBe(new ApiRefusal(503, 10077, "maximum messages per subject exceeded"));
        (await stream.PublishAsync("b")).ShouldBe(2ul);
    }

    [Fact]
    public async Task Limit_PerSubjectWithDiscardNew_ReplacesAtTheLimit()
    {
        WireStream stream = await NewStreamAsync("""{"max_msgs_per_subject":1,"max_msgs":1,"discard":"new"}""");
        await stream.PublishAsync("a", "1");

        (await stream.PublishAsync("a", "2")).ShouldBe(2ul);
        (await stream.PublishRefusedAsync("b")).Description.ShouldBe("maximum messages exceeded");
        (await stream.CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Age_Over_IsGone()
    {
        WireStream stream = await NewStreamAsync("""{"max_age":300000000,"duplicate_window":300000000}""");
        await stream.PublishManyAsync(2);

        await Target.WaitAsync(() => false, Seconds(0.2));
        (await stream.CountAsync()).ShouldBe(2);
        await stream.ShouldHaveAsync(0);
        JsonNode state = await stream.StateAsync();
        ((ulong)state["first_seq"]!).ShouldBe(3ul);
        ((ulong)state["last_seq"]!).ShouldBe(2ul);
    }

    [Fact]
    public async Task TimeToLive_Over_IsGone()
    {
        if (IsOld)
            return;
        WireStream stream = await NewStreamAsync("""{"allow_msg_ttl":true}""");
        await stream.PublishAsync("a", "1", ("Nats-TTL", "1s"));
        await stream.PublishAsync("a", "2", ("Nats-TTL", "1h"));
        await stream.PublishAsync("a", "3", ("Nats-TTL", "never"));
        (await stream.CountAsync()).ShouldBe(3);

        await Target.WaitAsync(() => false, Seconds(2.2));

        (await stream.CountAsync()).ShouldBe(2);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("10ms")]
    [InlineData("-5s")]
    public async Task TimeToLive_Nonsense_IsRefused(string value)
    {
        if (IsOld)
            return;
        WireStream stream = await NewStreamAsync("""{"allow_msg_ttl":true}""");

        (await stream.PublishRefusedAsync("a", "", ("Nats-TTL", value))).ShouldBe(new ApiRefusal(400, 10165, "invalid per-message TTL"));
    }

    [Fact]
    public async Task Rollup_OfASubject_ReplacesItsMessages()
    {
        WireStream stream = await NewStreamAsync("""{"allow_rollup_hdrs":true}""");
        await stream.PublishAsync("a", "1");
        await stream.PublishAsync("b", "2");
        await stream.PublishAsync("a", "3");

        await stream.PublishAsync("a", "all", ("Nats-Rollup", "sub"));

        WireConsumer consumer = await stream.ConsumerAsync();
        (await consumer.TextsAsync()).ShouldBe(["2#1", "all#1"]);
    }

    [Fact]
    public async Task Rollup_OfAll_ReplacesEverything()
    {
        WireStream stream = await NewStreamAsync("""{"allow_rollup_hdrs":true}""");
        await stream.PublishAsync("a", "1");
        await stream.PublishAsync("b", "2");

        await stream.PublishAsync("a", "all", ("Nats-Rollup", "all"));

        JsonNode state = await stream.StateAsync();
        ((long)state["messages"]!).ShouldBe(1);
        ((ulong)state["first_seq"]!).ShouldBe(3ul);
    }
}
