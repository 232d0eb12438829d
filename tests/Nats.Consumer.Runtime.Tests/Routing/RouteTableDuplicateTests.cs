using Nats.Consumer.Handling;
using Nats.Consumer.Routing;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Tests.Routing;

public class RouteTableDuplicateTests
{
    private static readonly HandlerMethod First = Routes.Method("Orders.OnFirst");
    private static readonly HandlerMethod Second = Routes.Method("Orders.OnSecond");

    [Fact]
    public void New_SameTextInTwoMethods_NamesBoth() => Refused((First, "orders.created"), (Second, "orders.created")).ShouldBe(
        "Orders.OnSecond and Orders.OnFirst both handle 'orders.created'. Within a class each subject has one handler: remove one [Handle], or change its subject.");

    [Theory]
    [InlineData("orders.{id}", "orders.*")]
    [InlineData("orders.*", "orders.{id}")]
    [InlineData("orders.{id}", "orders.{orderId}")]
    public void New_SameSubjectsInOtherWords_ShowsBoth(string one, string other) => Refused((First, one), (Second, other)).ShouldBe(
        $"Orders.OnSecond handles '{other}' and Orders.OnFirst handles '{one}', which are the same subjects. "
        + "Within a class each subject has one handler: remove one [Handle], or change its subject.");

    [Fact]
    public void New_SameTextTwiceInOneMethod_SaysTwice() => Refused((First, "orders.created"), (First, "orders.created")).ShouldBe(
        "Orders.OnFirst handles 'orders.created' twice. State each subject once; an override has the [Handle] of what it overrides.");

    [Fact]
    public void New_SameSubjectsInOneMethod_ShowsBoth() => Refused((First, "orders.{id}"), (First, "orders.*")).ShouldBe(
        "Orders.OnFirst handles 'orders.{id}' twice, the second time as 'orders.*'. State each subject once; an override has the [Handle] of what it overrides.");

    [Fact]
    public void New_OverlapOnly_IsNoDuplicate() => Should.NotThrow(() => Routes.Table("orders.*", "orders.>", "*.created", "orders.created"));

    private static string Refused(params (HandlerMethod Method, string Pattern)[] routes) =>
        Should.Throw<ArgumentException>(() => new RouteTable([.. routes.Select(route => new Route(SubjectPattern.Parse(route.Pattern), route.Method))])).Message;
}
