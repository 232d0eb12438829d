using Nats.Consumer.Subjects;

namespace Nats.Consumer.Analyzers.Publishing;

public class NearMissTests
{
    [Theory]
    [InlineData("orders.eu.created", "orders.*")]
    [InlineData("orders", "orders.>")]
    [InlineData("orders.created.v2", "orders.created")]
    [InlineData("order.created", "orders.>")]
    [InlineData("orders.craeted", "orders.created")]
    [InlineData("eu.orders.creatd", "*.orders.created")]
    [InlineData("Orders.created", "orders.>")]
    public void SubjectThatWasMeant_IsNear(string subject, string pattern) => Is(subject, pattern).ShouldBeTrue();

    [Theory]
    [InlineData("orders.created", "orders.>")] // it matches
    [InlineData("orders.deleted", "orders.created")]
    [InlineData("orders.updated", "orders.created")]
    [InlineData("order.craeted", "orders.created")] // two mistakes
    [InlineData("billing.events.paid", "billing.jobs.>")]
    [InlineData("cart.a", "card.*.b")] // nearly, and too short
    [InlineData("orders", "orders.created")]
    [InlineData("eu.x", "us.>")] // too short a word for a mistake
    [InlineData("a", "*.b")]
    [InlineData("a.b.c", "*.*")]
    public void SubjectOfItsOwn_IsNot(string subject, string pattern) => Is(subject, pattern).ShouldBeFalse();

    private static bool Is(string subject, string pattern) => NearMiss.Is(SubjectPattern.Parse(subject), SubjectPattern.Parse(pattern));
}
