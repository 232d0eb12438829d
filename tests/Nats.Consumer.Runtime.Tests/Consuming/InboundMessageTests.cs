using Nats.Consumer.Consuming;
using Nats.Consumer.Tests.Fakes;
using Nats.Consumer.Tests.Routing;

namespace Nats.Consumer.Tests.Consuming;

public class InboundMessageTests
{
    private readonly Lane _lane = new();

    [Fact]
    public void Context_Message_ShowsItsParts()
    {
        InboundMessage message = _lane.Message("orders.größe", "payload", delivered: 3, headers: "NATS/1.0\r\nMine: x\r\n\r\n");
        message.Route = Routes.Of("orders.{what}");
        new MessageContext(message).ShouldSatisfyAllConditions(
            context => context.Subject.ShouldBe("orders.größe"),
            context => context.Pattern.ShouldBe("orders.{what}"),
            context => context.Parameter("what").ShouldBe("größe"),
            context => System.Text.Encoding.UTF8.GetString(context.Payload.Span).ShouldBe("payload"),
            context => context.Headers!["mine"].ShouldBe("x"),
            context => context.Stream.ShouldBe("orders"),
            context => context.Consumer.ShouldBe("billing"),
            context => context.StreamSequence.ShouldBe(1ul),
            context => context.ConsumerSequence.ShouldBe(101ul),
            context => context.DeliveryCount.ShouldBe(3),
            context => context.Pending.ShouldBe(7ul),
            context => context.Timestamp.ShouldBe(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)),
            context => context.IsSettled.ShouldBeFalse(),
            context => context.Services.ShouldBeSameAs(_lane.Context.RootServices));
    }

    [Fact]
    public void Context_NoHeadersAndNoRoute_HasNone()
    {
        var context = new MessageContext(_lane.Message(payload: ""));
        context.Headers.ShouldBeNull();
        context.Pattern.ShouldBe("");
        context.Payload.IsEmpty.ShouldBeTrue();
        Should.Throw<ArgumentException>(() => context.Parameter("id")).Message.ShouldStartWith("The pattern '' has no parameter '{id}'.");
    }

    [Fact]
    public void Fill_UsedAgain_KeepsNothingOfTheOldMessage()
    {
        InboundMessage message = _lane.Message("orders.a.rather.long.subject", new string('x', 1_000), headers: "NATS/1.0\r\nMine: x\r\n\r\n");
        message.Route = Routes.Of("orders.>");
        message.Services = _lane.Context.RootServices;
        (message.Subject, message.Headers).ShouldNotBe((null, null));
        message.TrySettle(message.Generation).ShouldBeTrue();
        message.Reset(16 * 1024);
        _lane.Fill(message, "b", "y");
        message.Subject.ShouldBe("b");
        message.Headers.ShouldBeNull();
        message.Route.ShouldBeNull();
        message.Services.ShouldBeNull();
        message.IsSettled.ShouldBeFalse();
        message.Payload.ToArray().ShouldBe("y"u8.ToArray());
    }

    [Fact]
    public void TrySettle_OnceForEachGeneration_AndUnsettleGivesItBack()
    {
        InboundMessage message = _lane.Message();
        int generation = message.Generation;
        message.IsOpen(generation).ShouldBeTrue();
        message.TrySettle(generation).ShouldBeTrue();
        message.TrySettle(generation).ShouldBeFalse();
        message.IsOpen(generation).ShouldBeFalse();
        message.Unsettle(generation);
        message.TrySettle(generation).ShouldBeTrue();
        message.Reset(0);
        message.TrySettle(generation).ShouldBeFalse();
        message.Unsettle(generation); // too late: it says nothing of the next use
        message.IsOpen(message.Generation).ShouldBeTrue();
        message.Generation.ShouldNotBe(generation);
    }

    [Fact]
    public void Rent_AfterReturn_GivesItAgainAndKnowsAll()
    {
        var pool = new InboundMessagePool();
        (InboundMessage first, InboundMessage second) = (pool.Rent(), pool.Rent());
        _lane.Fill(first);
        pool.Return(first);
        pool.Return(second);
        pool.Rent().ShouldBeSameAs(first);
        pool.Rent().ShouldBeSameAs(second);
        pool.Rent();
        pool.All.Length.ShouldBe(3);
    }

    [Fact]
    public void Subject_LiteralRoute_IsThePatternsText()
    {
        InboundMessage message = _lane.Message("orders.created");
        message.Route = Routes.Of("orders.created");
        message.Subject.ShouldBeSameAs(message.Route.Pattern.Wire);
    }

    [Fact]
    public void Equality_SameDelivery_IsEqual()
    {
        InboundMessage message = _lane.Message();
        (new MessageContext(message) == new MessageContext(message)).ShouldBeTrue();
        (new MessageContext(message) != new MessageContext(_lane.Message())).ShouldBeTrue();
        new MessageContext(message).GetHashCode().ShouldBe(new MessageContext(message).GetHashCode());
    }
}
