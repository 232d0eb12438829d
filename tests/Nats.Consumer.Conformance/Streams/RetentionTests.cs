using System.Text.Json.Nodes;
using Nats.Consumer.Conformance.Targets;
using Nats.Consumer.Conformance.Wire;

namespace Nats.Consumer.Conformance.Streams;

/// <summary>What a stream keeps until it is acknowledged.</summary>
public abstract class RetentionTests(Target target) : Conformance(target)
{
    public sealed class OnInMemory29(InMemory29 target) : RetentionTests(target), IClassFixture<InMemory29>;

    public sealed class OnInMemory215(InMemory215 target) : RetentionTests(target), IClassFixture<InMemory215>;

    [Trait("Category", "Server")]
    public sealed class OnServer(ServerTarget target) : RetentionTests(target), IClassFixture<ServerTarget>;

    [Fact]
    public async Task WorkQueue_Acked_IsGone()
    {
        WireStream stream = await NewStreamAsync("""{"retention":"workqueue"}""");
        await stream.PublishManyAsync(2);
        WireConsumer consumer = await stream.ConsumerAsync();

        await consumer.ConfirmAsync(await consumer.NextAsync());

        await stream.ShouldHaveAsync(1);
        ((ulong)(await stream.StateAsync())["first_seq"]!).ShouldBe(2ul);
    }

    [Theory]
    [InlineData("-NAK", 1)]
    [InlineData("+WPI", 1)]
    [InlineData("+TERM", 0)]
    public async Task WorkQueue_SettledOtherwise_StaysOrGoes(string settlement, long left)
    {
        WireStream stream = await NewStreamAsync("""{"retention":"workqueue"}""");
        await stream.PublishAsync("a");
        WireConsumer consumer = await stream.ConsumerAsync();

        await consumer.ConfirmAsync(await consumer.NextAsync(), settlement);

        await stream.ShouldHaveAsync(left);
    }

    [Fact]
    public async Task WorkQueue_AckedOutOfOrder_LeavesTheOthers()
    {
        WireStream stream = await NewStreamAsync("""{"retention":"workqueue"}""");
        await stream.PublishManyAsync(3);
        WireConsumer consumer = await stream.ConsumerAsync();
        IReadOnlyList<Received> all = await consumer.FetchAsync();

        await consumer.ConfirmAsync(all[1]);

        await stream.ShouldHaveAsync(2);
        ((long)(await stream.StateAsync())["num_deleted"]!).ShouldBe(1);
    }

    [Fact]
    public async Task WorkQueue_WithoutConsumer_KeepsEverything()
    {
        WireStream stream = await NewStreamAsync("""{"retention":"workqueue"}""");

        await stream.PublishManyAsync(3);

        (await stream.CountAsync()).ShouldBe(3);
    }

    [Fact]
    public async Task WorkQueue_ConsumerDeleted_KeepsWhatWasNotAcked()
    {
        WireStream stream = await NewStreamAsync("""{"retention":"workqueue"}""");
        await stream.PublishManyAsync(2);
        WireConsumer consumer = await stream.ConsumerAsync();
        await consumer.FetchAsync();

        await consumer.DeleteAsync();

        (await stream.CountAsync()).ShouldBe(2);
        (await (await stream.ConsumerAsync("{}", "other")).TextsAsync()).ShouldBe(["1#1", "2#1"]);
    }

    [Fact]
    public async Task Interest_WithoutConsumer_StoresNothingAndCounts()
    {
        WireStream stream = await NewStreamAsync("""{"retention":"interest"}""");

        (await stream.PublishAsync("a")).ShouldBe(1ul);
        (await stream.PublishAsync("a")).ShouldBe(2ul);

        JsonNode state = await stream.StateAsync();
        ((long)state["messages"]!).ShouldBe(0);
        ((ulong)state["last_seq"]!).ShouldBe(2ul);
        ((ulong)state["first_seq"]!).ShouldBe(3ul);
    }

    [Fact]
    public async Task Interest_NobodyInterestedInTheSubject_StoresNothing()
    {
        WireStream stream = await NewStreamAsync("""{"retention":"interest"}""");
        await stream.ConsumerAsync("""{"filter_subject":"~.a"}""");

        await stream.PublishAsync("b");
        await stream.PublishAsync("a");

        (await stream.CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Interest_TwoConsumers_GoesWhenBothHaveAcked()
    {
        WireStream stream = await NewStreamAsync("""{"retention":"interest"}""");
        WireConsumer one = await stream.ConsumerAsync("{}", "one");
        WireConsumer other = await stream.ConsumerAsync("{}", "other");
        await stream.PublishAsync("a");

        await one.ConfirmAsync(await one.NextAsync());
        (await stream.CountAsync()).ShouldBe(1);
        await other.ConfirmAsync(await other.NextAsync());
        await stream.ShouldHaveAsync(0);
    }

    [Fact]
    public async Task Interest_LastConsumerDeleted_RemovesEverything()
    {
        WireStream stream = await NewStreamAsync("""{"retention":"interest"}""");
        WireConsumer consumer = await stream.ConsumerAsync();
        await stream.PublishManyAsync(3);

        await consumer.DeleteAsync();

        await stream.ShouldHaveAsync(0);
    }

    [Fact]
    public async Task Interest_AckNone_GoesWhenDelivered()
    {
        WireStream stream = await NewStreamAsync("""{"retention":"interest"}""");
        WireConsumer consumer = await stream.ConsumerAsync("""{"ack_policy":"none"}""");
        await stream.PublishManyAsync(2);

        (await consumer.TextsAsync()).ShouldBe(["1#1", "2#1"]);

        await stream.ShouldHaveAsync(0);
    }

    [Fact]
    public async Task WorkQueue_GivenUp_StaysInTheStream()
    {
        WireStream stream = await NewStreamAsync("""{"retention":"workqueue"}""");
        await stream.PublishAsync("a", "1");
        WireConsumer consumer = await stream.ConsumerAsync($$"""{"max_deliver":1,"ack_wait":{{Nanoseconds(0.2)}}}""");
        await using Inbox inbox = await consumer.PullAsync(5, 1);
        await inbox.NextAsync();
        await Target.WaitAsync(() => false, Seconds(1.3));

        (await stream.CountAsync()).ShouldBe(1);
        (await consumer.NumberAsync("num_pending")).ShouldBe(0);
        (await consumer.NumberAsync("num_ack_pending")).ShouldBe(0);
        await consumer.DeleteAsync();
        (await (await stream.ConsumerAsync("{}", "other")).TextsAsync()).ShouldBe(["1#1"]);
    }
}
