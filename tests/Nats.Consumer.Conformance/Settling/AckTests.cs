using Nats.Consumer.Client;
using Nats.Consumer.Conformance.Targets;
using Nats.Consumer.Conformance.Wire;

namespace Nats.Consumer.Conformance.Settling;

/// <summary>Acknowledging: what counts as one, what it does, and when it is confirmed.</summary>
public abstract class AckTests(Target target) : Conformance(target)
{
    public sealed class OnInMemory29(InMemory29 target) : AckTests(target), IClassFixture<InMemory29>;

    public sealed class OnInMemory215(InMemory215 target) : AckTests(target), IClassFixture<InMemory215>;

    [Trait("Category", "Server")]
    public sealed class OnServer(ServerTarget target) : AckTests(target), IClassFixture<ServerTarget>;

    [Theory]
    [InlineData("")]
    [InlineData("+ACK")]
    [InlineData("+OK")]
    [InlineData("+TERM")]
    public async Task Settle_Ack_IsDeliveredNoMore(string settlement)
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a", "1");
        WireConsumer consumer = await stream.ConsumerAsync($$"""{"ack_wait":{{Nanoseconds(0.3)}}}""");

        await consumer.ConfirmAsync(await consumer.NextAsync(), settlement);

        (await consumer.NumberAsync("num_ack_pending")).ShouldBe(0);
        (await consumer.PositionAsync("ack_floor")).ShouldBe((1ul, 1ul));
        await Target.WaitAsync(() => false, Seconds(0.5));
        (await consumer.TextsAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("+NOPE")]
    [InlineData("ack")]
    [InlineData("+ack")]
    [InlineData("+WPI ")]
    public async Task Settle_UnknownCommand_IsIgnoredAndConfirmed(string settlement)
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a", "1");
        WireConsumer consumer = await stream.ConsumerAsync();

        await consumer.ConfirmAsync(await consumer.NextAsync(), settlement);

        (await consumer.NumberAsync("num_ack_pending")).ShouldBe(1);
    }

    [Fact]
    public async Task Settle_TermWithReason_IsIgnoredByOldServers()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a", "1");
        WireConsumer consumer = await stream.ConsumerAsync();

        await consumer.ConfirmAsync(await consumer.NextAsync(), "+TERM it is broken");

        (await consumer.NumberAsync("num_ack_pending")).ShouldBe(IsOld ? 1 : 0);
    }

    [Fact]
    public async Task Ack_SecondOfThree_DoesNotRaiseTheFloor()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishManyAsync(3);
        WireConsumer consumer = await stream.ConsumerAsync();
        IReadOnlyList<Received> all = await consumer.FetchAsync();

        await consumer.ConfirmAsync(all[1]);
        (await consumer.PositionAsync("ack_floor")).ShouldBe((0ul, 0ul));
        (await consumer.NumberAsync("num_ack_pending")).ShouldBe(2);

        await consumer.ConfirmAsync(all[0]);
        (await consumer.PositionAsync("ack_floor")).ShouldBe(IsOld ? (2ul, 2ul) : (2ul, 2ul));

        await consumer.ConfirmAsync(all[2]);
        (await consumer.PositionAsync("ack_floor")).ShouldBe((3ul, 3ul));
    }

    [Fact]
    public async Task Ack_OfAnEarlierDelivery_CountsForTheMessage()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a", "1");
        WireConsumer consumer = await stream.ConsumerAsync($$"""{"ack_wait":{{Nanoseconds(0.3)}}}""");
        await using Inbox inbox = await consumer.PullAsync(5, 5);
        Received first = await inbox.NextAsync();
        (await inbox.NextAsync()).Delivered.ShouldBe(2);

        await consumer.ConfirmAsync(first);

        (await consumer.NumberAsync("num_ack_pending")).ShouldBe(0);
    }

    [Theory]
    [InlineData("+ACK")]
    [InlineData("-NAK")]
    [InlineData("+WPI")]
    [InlineData("+TERM")]
    public async Task Settle_AfterAnAck_IsConfirmedAndDoesNothing(string settlement)
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a", "1");
        WireConsumer consumer = await stream.ConsumerAsync();
        Received message = await consumer.NextAsync();
        await consumer.ConfirmAsync(message);

        await consumer.ConfirmAsync(message, settlement);

        (await consumer.NumberAsync("num_ack_pending")).ShouldBe(0);
        (await consumer.TextsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Ack_ConsumerGone_HasNoResponders()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a", "1");
        WireConsumer consumer = await stream.ConsumerAsync();
        Received message = await consumer.NextAsync();
        await consumer.DeleteAsync();

        (await Client.RequestAsync(message.ReplyTo, "+ACK")).Status.ShouldBe(NatsReplyStatus.NoResponders);
    }

    [Fact]
    public async Task Ack_ForTheNextOne_BringsIt()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishManyAsync(2);
        WireConsumer consumer = await stream.ConsumerAsync();
        Received first = await consumer.NextAsync();
        await using Inbox inbox = await Client.SubscribeAsync();

        await Client.PublishAsync(first.ReplyTo, "+NXT", replyTo: inbox.Subject);

        (await inbox.NextAsync()).Text.ShouldBe("2");
        (await consumer.NumberAsync("num_ack_pending")).ShouldBe(1);
    }

    [Fact]
    public async Task Ack_ForTheNextTwo_BringsThem()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishManyAsync(4);
        WireConsumer consumer = await stream.ConsumerAsync();
        Received first = await consumer.NextAsync();
        await using Inbox inbox = await Client.SubscribeAsync();

        await Client.PublishAsync(first.ReplyTo, """+NXT {"batch":2}""", replyTo: inbox.Subject);

        (await inbox.NextAsync(2)).Select(message => message.Text).ShouldBe(["2", "3"]);
        (await inbox.AllAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task AckAll_Third_SettlesAllBeforeIt()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishManyAsync(4);
        WireConsumer consumer = await stream.ConsumerAsync("""{"ack_policy":"all"}""");
        IReadOnlyList<Received> all = await consumer.FetchAsync();

        await consumer.ConfirmAsync(all[2]);

        (await consumer.NumberAsync("num_ack_pending")).ShouldBe(1);
        (await consumer.PositionAsync("ack_floor")).ShouldBe((3ul, 3ul));
    }

    [Fact]
    public async Task AckAll_EarlierOneAfterALaterOne_DoesNothing()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishManyAsync(4);
        WireConsumer consumer = await stream.ConsumerAsync("""{"ack_policy":"all"}""");
        IReadOnlyList<Received> all = await consumer.FetchAsync();
        await consumer.ConfirmAsync(all[2]);

        await consumer.ConfirmAsync(all[0]);

        (await consumer.PositionAsync("ack_floor")).ShouldBe((3ul, 3ul));
    }

    [Fact]
    public async Task Ack_PolicyNone_IsConfirmedByOldServersOnly()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a", "1");
        WireConsumer consumer = await stream.ConsumerAsync("""{"ack_policy":"none"}""");
        Received message = await consumer.NextAsync();

        (await Client.RequestAsync(message.ReplyTo, "+ACK", timeout: Seconds(0.3))).Status.ShouldBe(IsOld ? NatsReplyStatus.Ok : NatsReplyStatus.NoResponders);
    }

    [Fact]
    public async Task Ack_OfAMessageThatWasNotDelivered_IsIgnored()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishManyAsync(2);
        WireConsumer consumer = await stream.ConsumerAsync();
        await consumer.NextAsync();

        await Client.PublishAsync($"$JS.ACK.{stream.Name}.c.1.2.2.1700000000000000000.0", "+ACK");
        await Client.FlushAsync();

        (await consumer.NextAsync()).Text.ShouldBe("2");
    }

    [Fact]
    public async Task Ack_NakAndAckAtOnce_IsAcked()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a", "1");
        WireConsumer consumer = await stream.ConsumerAsync();
        Received message = await consumer.NextAsync();

        await consumer.ConfirmAsync(message, "-NAK");
        await consumer.ConfirmAsync(message);

        (await consumer.NumberAsync("num_ack_pending")).ShouldBe(0);
        (await consumer.TextsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Ack_WhileItWaitsForItsDelay_IsAcked()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a", "1");
        WireConsumer consumer = await stream.ConsumerAsync();
        Received message = await consumer.NextAsync();
        await consumer.ConfirmAsync(message, $$"""-NAK {"delay":{{Nanoseconds(0.3)}}}""");

        await consumer.ConfirmAsync(message);

        (await consumer.NumberAsync("num_ack_pending")).ShouldBe(0);
        await Target.WaitAsync(() => false, Seconds(0.5));
        (await consumer.TextsAsync()).ShouldBeEmpty();
    }
}
