using Nats.Consumer.Conformance.Targets;
using Nats.Consumer.Conformance.Wire;

namespace Nats.Consumer.Conformance.Settling;

/// <summary>What comes again, when, and with which count.</summary>
public abstract class RedeliveryTests(Target target) : Conformance(target)
{
    public sealed class OnInMemory29(InMemory29 target) : RedeliveryTests(target), IClassFixture<InMemory29>;

    public sealed class OnInMemory215(InMemory215 target) : RedeliveryTests(target), IClassFixture<InMemory215>;

    [Trait("Category", "Server")]
    [Collection(LongFirst.Collection + nameof(RedeliveryTests))]
    public sealed class OnServer(ServerTarget target) : RedeliveryTests(target), IClassFixture<ServerTarget>;

    [Fact]
    public async Task Nak_Plain_ComesAgainAtOnce()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a", "1");
        WireConsumer consumer = await stream.ConsumerAsync();
        await using Inbox inbox = await consumer.PullAsync(5);
        Received first = await inbox.NextAsync();

        await consumer.SettleAsync(first, "-NAK");

        Received second = await inbox.NextAsync();
        second.Delivered.ShouldBe(2);
        second.Sequence.ShouldBe(1ul);
        second.ConsumerSequence.ShouldBe(2ul);
        ShouldBeAt(second.At - first.At, 0);
        (await consumer.NumberAsync("num_redelivered")).ShouldBe(1);
        (await consumer.NumberAsync("num_ack_pending")).ShouldBe(1);
    }

    [Theory]
    [InlineData("""-NAK {"delay":500000000}""", 0.5)]
    [InlineData("-NAK 500ms", 0.5)]
    [InlineData("-NAK 1s", 1)]
    [InlineData("-NAK 0.5s", 0.5)]
    [InlineData("-NAK 1h", double.PositiveInfinity)]
    [InlineData("""-NAK {"delay":"1s"}""", 0)] // no number of nanoseconds: as without a delay
    [InlineData("-NAK soon", 0)]
    [InlineData("-NAK {broken", 0)]
    [InlineData("-NAK {}", 0)]
    [InlineData("""-NAK {"delay":0}""", 0)]
    [InlineData("-NAK   ", 0)]
    public async Task Nak_Delay_ComesAgainExactlyThen(string nak, double delay)
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a", "1");
        WireConsumer consumer = await stream.ConsumerAsync();
        await using Inbox inbox = await consumer.PullAsync(5);
        await inbox.NextAsync();
        Received first = await inbox.TryNextAsync(0) ?? await NakAsync();

        Received? again = await inbox.TryNextAsync(double.IsInfinity(delay) ? 1.5 : 5);

        if (double.IsInfinity(delay))
            again.ShouldBeNull();
        else
            ShouldBeAt(again!.At - first.At, delay);

        async Task<Received> NakAsync()
        {
            var marker = new Received(new Nats.Consumer.Client.NatsMessage("", null, null, default), Target.Now);
            await Client.PublishAsync($"$JS.ACK.{stream.Name}.c.1.1.1.1.0", nak);
            return marker;
        }
    }

    [Fact]
    public async Task Nak_DelayLongerThanTheAckWait_IsKept()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a", "1");
        WireConsumer consumer = await stream.ConsumerAsync($$"""{"ack_wait":{{Nanoseconds(0.3)}}}""");
        await using Inbox inbox = await consumer.PullAsync(5);
        Received first = await inbox.NextAsync();

        await consumer.SettleAsync(first, $$"""-NAK {"delay":{{Nanoseconds(1)}}}""");

        ShouldBeAt((await inbox.NextAsync()).At - first.At, 1);
    }

    [Fact]
    public async Task AckWait_Over_ComesAgainAndAgain()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a", "1");
        WireConsumer consumer = await stream.ConsumerAsync($$"""{"ack_wait":{{Nanoseconds(0.5)}}}""");
        await using Inbox inbox = await consumer.PullAsync(5);

        IReadOnlyList<Received> all = await inbox.NextAsync(3);

        all.Select(message => message.Delivered).ShouldBe([1, 2, 3]);
        ShouldBeAt(all[1].At - all[0].At, 0.5);
        ShouldBeAt(all[2].At - all[1].At, 0.5);
    }

    [Fact]
    public async Task AckWait_OverForSeveral_ComeInOrder()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishManyAsync(3);
        WireConsumer consumer = await stream.ConsumerAsync($$"""{"ack_wait":{{Nanoseconds(0.3)}}}""");
        await using Inbox inbox = await consumer.PullAsync(6);

        (await inbox.NextAsync(6)).Select(message => message.ToString()).ShouldBe(["1#1", "2#1", "3#1", "1#2", "2#2", "3#2"]);
    }

    [Fact]
    public async Task Redelivery_GoesBeforeNewMessages()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishManyAsync(3);
        WireConsumer consumer = await stream.ConsumerAsync();
        Received first = await consumer.NextAsync();
        await consumer.ConfirmAsync(first, "-NAK");

        (await consumer.TextsAsync()).ShouldBe(["1#2", "2#1", "3#1"]);
    }

    [Fact]
    public async Task Nak_SeveralInAnyOrder_ComeInTheOrderOfTheirNaks()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishManyAsync(3);
        WireConsumer consumer = await stream.ConsumerAsync();
        IReadOnlyList<Received> all = await consumer.FetchAsync();
        foreach (int index in new[] { 2, 0, 1 })
            await consumer.ConfirmAsync(all[index], "-NAK");

        (await consumer.TextsAsync()).ShouldBe(["3#2", "1#2", "2#2"]);
    }

    [Fact]
    public async Task Nak_Twice_ComesOnce()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a", "1");
        WireConsumer consumer = await stream.ConsumerAsync();
        Received message = await consumer.NextAsync();

        await consumer.ConfirmAsync(message, "-NAK");
        await consumer.ConfirmAsync(message, "-NAK");

        (await consumer.TextsAsync()).ShouldBe(["1#2"]);
    }

    [Fact]
    public async Task InProgress_BeginsTheAckWaitAnew()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a", "1");
        WireConsumer consumer = await stream.ConsumerAsync($$"""{"ack_wait":{{Nanoseconds(1)}}}""");
        await using Inbox inbox = await consumer.PullAsync(5);
        Received first = await inbox.NextAsync();
        await Target.WaitAsync(() => false, Seconds(0.7));

        await consumer.SettleAsync(first, "+WPI");

        ShouldBeAt((await inbox.NextAsync()).At - first.At, 1.7);
    }

    [Fact]
    public async Task Backoff_TakesThePlaceOfTheAckWait()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a", "1");
        WireConsumer consumer = await stream.ConsumerAsync($$"""{"ack_wait":{{Nanoseconds(30)}},"backoff":[{{Nanoseconds(0.4)}},{{Nanoseconds(0.8)}}],"max_deliver":4}""");
        ((long)(await consumer.InfoAsync())["config"]!["ack_wait"]!).ShouldBe(Nanoseconds(0.4));
        await using Inbox inbox = await consumer.PullAsync(5);

        IReadOnlyList<Received> all = await inbox.NextAsync(4);

        ShouldBeAt(all[1].At - all[0].At, 0.4);
        ShouldBeAt(all[2].At - all[1].At, 0.8);
        ShouldBeAt(all[3].At - all[2].At, 0.8); // the last one repeats
    }

    [Fact]
    public async Task Backoff_PlainNak_IgnoresIt()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a", "1");
        WireConsumer consumer = await stream.ConsumerAsync($$"""{"backoff":[{{Nanoseconds(2)}},{{Nanoseconds(4)}}],"max_deliver":5}""");
        await using Inbox inbox = await consumer.PullAsync(5);
        Received first = await inbox.NextAsync();

        await consumer.SettleAsync(first, "-NAK");

        ShouldBeAt((await inbox.NextAsync()).At - first.At, 0);
    }

    [Fact]
    public async Task Backoff_NakWithDelay_ComesTooLateByTheDifference()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a", "1");
        WireConsumer consumer = await stream.ConsumerAsync($$"""{"backoff":[{{Nanoseconds(0.5)}},{{Nanoseconds(1.5)}}],"max_deliver":6}""");
        await using Inbox inbox = await consumer.PullAsync(5);
        Received first = await inbox.NextAsync();
        await consumer.SettleAsync(first, $$"""-NAK {"delay":{{Nanoseconds(0.5)}}}""");
        Received second = await inbox.NextAsync();
        await consumer.SettleAsync(second, $$"""-NAK {"delay":{{Nanoseconds(0.5)}}}""");
        Received third = await inbox.NextAsync();

        ShouldBeAt(second.At - first.At, 0.5);
        ShouldBeAt(third.At - second.At, 1.5); // 0.5 + 1.5 - 0.5
    }

    [Fact]
    public async Task Backoff_NegativeDelay_MakesUpForIt()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a", "1");
        WireConsumer consumer = await stream.ConsumerAsync($$"""{"backoff":[{{Nanoseconds(0.5)}},{{Nanoseconds(1.5)}}],"max_deliver":6}""");
        await using Inbox inbox = await consumer.PullAsync(5);
        await consumer.SettleAsync(await inbox.NextAsync(), "-NAK");
        Received second = await inbox.NextAsync();

        await consumer.SettleAsync(second, $$"""-NAK {"delay":{{Nanoseconds(-0.5)}}}""");

        ShouldBeAt((await inbox.NextAsync()).At - second.At, 0.5);
    }

    [Fact]
    public async Task Backoff_InProgress_BeginsThePresentOneAnew()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a", "1");
        WireConsumer consumer = await stream.ConsumerAsync($$"""{"backoff":[{{Nanoseconds(1)}},{{Nanoseconds(4)}}],"max_deliver":5}""");
        await using Inbox inbox = await consumer.PullAsync(5);
        Received first = await inbox.NextAsync();
        await Target.WaitAsync(() => false, Seconds(0.7));

        await consumer.SettleAsync(first, "+WPI");

        ShouldBeAt((await inbox.NextAsync()).At - first.At, 1.7);
    }

    [Fact]
    public async Task NakDelay_HoldsASlotOfMaxAckPending()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishManyAsync(3);
        WireConsumer consumer = await stream.ConsumerAsync("""{"max_ack_pending":2}""");
        await using Inbox inbox = await consumer.PullAsync(10);
        foreach (Received message in await inbox.NextAsync(2))
            await consumer.SettleAsync(message, $$"""-NAK {"delay":{{Nanoseconds(0.8)}}}""");

        (await inbox.AllAsync(0.4)).ShouldBeEmpty();
        IReadOnlyList<Received> again = await inbox.NextAsync(2);
        again.Select(message => message.ToString()).ShouldBe(["1#2", "2#2"]);
        await consumer.SettleAsync(again[0]);
        (await inbox.NextAsync()).ToString().ShouldBe("3#1");
    }

    [Fact]
    public async Task MaxAckPendingOne_KeepsTheOrderThroughADelay()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishManyAsync(3);
        WireConsumer consumer = await stream.ConsumerAsync("""{"max_ack_pending":1}""");
        await using Inbox inbox = await consumer.PullAsync(10);
        Received first = await inbox.NextAsync();

        await consumer.SettleAsync(first, $$"""-NAK {"delay":{{Nanoseconds(0.5)}}}""");

        Received next = await inbox.NextAsync();
        next.ToString().ShouldBe("1#2");
        ShouldBeAt(next.At - first.At, 0.5);
    }

    [Fact]
    public async Task AckWait_Shortened_HoldsForWhatIsUnderway()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a", "1");
        WireConsumer consumer = await stream.ConsumerAsync($$"""{"ack_wait":{{Nanoseconds(20)}}}""");
        await using Inbox inbox = await consumer.PullAsync(5);
        Received first = await inbox.NextAsync();

        await stream.ConsumerAsync($$"""{"ack_wait":{{Nanoseconds(0.6)}}}""");

        ShouldBeAt((await inbox.NextAsync()).At - first.At, 0.6);
    }

    [Fact]
    public async Task Redelivery_WithoutAPull_WaitsForOne()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a", "1");
        WireConsumer consumer = await stream.ConsumerAsync($$"""{"ack_wait":{{Nanoseconds(0.2)}}}""");
        await consumer.NextAsync();
        await Target.WaitAsync(() => false, Seconds(1));

        (await consumer.TextsAsync()).ShouldBe(["1#2"]);
    }

    [Fact]
    public async Task Redelivery_ToAnotherPuller_Goes()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a", "1");
        WireConsumer consumer = await stream.ConsumerAsync($$"""{"ack_wait":{{Nanoseconds(0.3)}}}""");
        await consumer.NextAsync();
        await using Inbox other = await consumer.PullAsync();

        (await other.NextAsync()).ToString().ShouldBe("1#2");
    }

    [Fact]
    public async Task Redelivery_OfADeletedMessage_DoesNotCome()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishManyAsync(2);
        WireConsumer consumer = await stream.ConsumerAsync();
        Received first = await consumer.NextAsync();
        await Client.DoAsync($"STREAM.MSG.DELETE.{stream.Name}", """{"seq":1}""");

        await consumer.ConfirmAsync(first, "-NAK");

        (await consumer.TextsAsync()).ShouldBe(["2#1"]);
        await consumer.ShouldHaveAsync("num_ack_pending", 1);
    }
}
