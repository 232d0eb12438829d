using Nats.Consumer.Consuming;
using Nats.Consumer.Tests.Fakes;

namespace Nats.Consumer.Tests.Consuming;

public class ConsumerPlanTests
{
    private const string Application = "Orders.Worker";

    [Theory]
    [InlineData(">", "orders.created orders.*", "orders.*")] // the cover, not every pattern
    [InlineData("orders.>", "orders.created payments.created", "orders.created")] // within the subjects
    [InlineData("orders.*", "orders.>", "orders.*")]
    [InlineData("orders.* payments.*", "*.created", "orders.created payments.created")]
    [InlineData("orders.{id}.x", "orders.>", "orders.*.x")]
    [InlineData(">", "orders.{id}.shipped orders.*.shipped.>", "orders.*.shipped orders.*.shipped.>")]
    [InlineData(">", "a.* a.*.>", "a.* a.*.>")]
    [InlineData(">", "a.* a.*.> a.>", "a.>")]
    public void For_Handlers_FiltersByTheirMinimalCover(string subjects, string patterns, string filter)
    {
        StubCatalog catalog = new StubCatalog().With<int>(patterns.Split(' '));
        Wire(ConsumerPlan.For(new StubConsumer { Takes = subjects.Split(' ') }, catalog, Application)).ShouldBe(filter);
    }

    [Fact]
    public void For_SeveralHandlers_CoversAll()
    {
        StubCatalog catalog = new StubCatalog().With<int>("orders.created").With<long>("orders.created", "orders.deleted");
        Wire(ConsumerPlan.For(new StubConsumer(), catalog, Application)).ShouldBe("orders.created orders.deleted");
    }

    [Fact]
    public void For_HandlerWithAFallback_TakesAllSubjects()
    {
        StubCatalog catalog = new StubCatalog().With<int>("orders.created").WithFallback<long>("orders.deleted");
        Wire(ConsumerPlan.For(new StubConsumer { Takes = ["orders.>", "orders.x", "payments.*"] }, catalog, Application)).ShouldBe("orders.> payments.*");
    }

    [Fact]
    public void For_NoHandlersStated_TakesThoseThatTakeSomething()
    {
        StubCatalog catalog = new StubCatalog().With<int>("payments.>").With<long>("orders.>").WithFallback<string>().With<byte>("*.created");
        ConsumerPlan.For(new StubConsumer { Takes = ["orders.*"] }, catalog, Application).Handlers.Select(handler => handler.Type)
            .ShouldBe([typeof(StubHandler<long>), typeof(StubHandler<byte>)]);
    }

    [Fact]
    public void For_HandlersStated_KeepsTheirOrder()
    {
        StubCatalog catalog = new StubCatalog().With<int>("orders.a").With<long>("orders.b").With<byte>("orders.c");
        Type[] stated = [typeof(StubHandler<long>), typeof(StubHandler<int>), typeof(StubHandler<long>)];
        ConsumerPlan.For(new StubConsumer { HandlerTypes = stated }, catalog, Application).Handlers.Select(handler => handler.Type)
            .ShouldBe([typeof(StubHandler<long>), typeof(StubHandler<int>)]);
    }

    [Fact]
    public void For_StatedHandlerThatIsNeverReached_IsRefused()
    {
        StubCatalog catalog = new StubCatalog().With<int>("orders.a").With<long>("payments.b").WithFallback<string>();
        Refused(new StubConsumer { Takes = ["orders.>", "invoices.*"], HandlerTypes = [typeof(StubHandler<int>), typeof(StubHandler<string>), typeof(StubHandler<long>)] }, catalog).ShouldBe(
            "Stub: StubHandler<Int64> takes nothing of what the consumer takes (orders.>, invoices.*), so it would never be called. Change Subjects or the handler's [Handle].");
    }

    [Theory]
    [InlineData(typeof(string), "String")]
    [InlineData(typeof(ConsumerHandler), "ConsumerHandler")]
    [InlineData(typeof(StubHandler<>), "StubHandler<TKind>")]
    public void For_StatedHandlerThatCannotBeMade_IsRefused(Type type, string name) => Refused(new StubConsumer { HandlerTypes = [type] }, new StubCatalog()).ShouldBe(
        $"Stub: Handlers names {name}, of which no instance can be made. Name classes that derive from ConsumerHandler and are neither abstract nor open generics.");

    [Fact]
    public void For_NoHandlerTakesAnything_IsRefused() => Refused(new StubConsumer { Takes = ["orders.>"] }, new StubCatalog().With<int>("payments.>")).ShouldBe(
        "Stub: no handler of the application takes anything of orders.>. Write a ConsumerHandler with a [Handle] for it, or name the handlers in Handlers.");

    [Fact]
    public void For_NoSubjects_IsRefused() => Refused(new StubConsumer { Takes = [] }).ShouldBe(
        "Stub: Subjects is empty, so nothing would be consumed. Name what the consumer takes, as in [\"orders.>\"].");

    [Fact]
    public void For_InvalidSubject_IsRefused() => Refused(new StubConsumer { Takes = ["orders.>", "a.>.b"] }).ShouldBe(
        "Stub: Subjects: Subject 'a.>.b' goes on after the '>' at position 2. Use '*' to take one token, or end the subject with '>'.");

    [Fact]
    public void For_InvalidStreamName_IsRefused() => Refused(new StubConsumer { Stream = "orders.eu" }).ShouldBe(
        "Stub: The stream name 'orders.eu' has a dot at position 6, which stream names cannot have. Use letters, digits, '-' and '_', as in 'orders-eu'.");

    [Fact]
    public void For_InvalidDurableName_IsRefused() => Refused(new StubConsumer { Durable = "my worker" }).ShouldBe(
        "Stub: The durable name 'my worker' has a space at position 2, which durable names cannot have. Use letters, digits, '-' and '_', as in 'my-worker'.");

    [Fact]
    public void For_NoDurableName_IsDerived() => Plan(new StubConsumer { Durable = null }).Durable.ShouldBe("Orders-Worker--StubConsumer");

    [Fact]
    public void CheckTogether_SameDurableOnOneStream_IsRefused()
    {
        ConsumerPlan[] plans = [Plan(new StubConsumer { StubName = "One" }), Plan(new StubConsumer { StubName = "Other" }), Plan(new StubConsumer { Durable = "own" })];
        Should.Throw<ConsumerConfigurationException>(() => ConsumerPlan.CheckTogether(plans)).Message.ShouldBe(
            "One and Other would share the durable 'billing' on stream 'orders' and take each other's messages. Give each a DurableName of its own.");
    }

    [Fact]
    public void CheckTogether_SameDurableOnUnlikeStreams_IsFine() =>
        Should.NotThrow(() => ConsumerPlan.CheckTogether([Plan(new StubConsumer()), Plan(new StubConsumer { Stream = "payments" }), Plan(new StubConsumer { Durable = "Billing" })]));

    private static ConsumerPlan Plan(StubConsumer consumer) => ConsumerPlan.For(consumer, new StubCatalog().With<int>(">"), Application);

    private static string Refused(StubConsumer consumer, StubCatalog? catalog = null) =>
        Should.Throw<ConsumerConfigurationException>(() => ConsumerPlan.For(consumer, catalog ?? new StubCatalog().With<int>(">"), Application)).Message;

    private static string Wire(ConsumerPlan plan) => string.Join(' ', plan.Subjects.Select(subject => subject.Wire));
}
