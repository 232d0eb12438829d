using Nats.Consumer.Consuming;
using Nats.Consumer.Tests.Fakes;

namespace Nats.Consumer.Tests.Consuming;

public class HandledTwiceTests
{
    private static readonly StubCatalog Catalog = new StubCatalog().With<int>("orders.created", "orders.updated").With<long>("orders.created");

    [Fact]
    public void Of_NeitherNamesItsHandlers_EachClassIsSaidOnce()
    {
        var said = HandledTwice.Of([Plan("Orders", ["orders.>"]), Plan("Invoices", ["orders.created"])]).ToList();
        said.Select(found => found.Plan.Name).ShouldBe(["Orders", "Orders"]);
        said[0].Problem.ShouldBe(
            "StubHandler<Int32> handles orders.created of stream 'orders' twice, for Orders and for Invoices. Name the handler classes of each: public override IReadOnlyList<Type> Handlers => [typeof(StubHandler<Int32>)];");
    }

    [Fact]
    public void Of_OneNamesItsHandlers_ThoseAreSaid() => Kinds(Plan("Orders", ["orders.>"]), Plan("Invoices", ["orders.>"], typeof(StubHandler<long>))).ShouldBe(["StubHandler<Int64>"]);

    [Fact]
    public void Of_BothNameTheSame_IsMeant() => Kinds(Plan("Orders", [">"], typeof(StubHandler<int>)), Plan("Copies", [">"], typeof(StubHandler<int>))).ShouldBeEmpty();

    [Fact]
    public void Of_SubjectsApart_IsNothing() => Kinds(Plan("Created", ["orders.created"]), Plan("Updated", ["orders.updated"])).ShouldBeEmpty();

    [Fact]
    public void Of_StreamsApart_IsNothing() => Kinds(Plan("Orders", [">"]), Plan("Others", [">"], stream: "others")).ShouldBeEmpty();

    private static IEnumerable<string> Kinds(params ConsumerPlan[] plans) => HandledTwice.Of(plans).Select(found => found.Problem.Split(' ')[0]);

    private static ConsumerPlan Plan(string name, string[] subjects, params Type[] handlers) => Plan(name, subjects, "orders", handlers);

    private static ConsumerPlan Plan(string name, string[] subjects, string stream, params Type[] handlers) =>
        ConsumerPlan.For(new StubConsumer { StubName = name, Stream = stream, Takes = subjects, Durable = name, HandlerTypes = handlers }, Catalog, "tests");
}
