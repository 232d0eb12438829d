using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Naming;

public class UpperCaseTests
{
    private static Verify Rule => Verify.Rule("NATS0103");

    [Theory]
    [InlineData("Orders.created")]
    [InlineData("ORDERS.>")]
    [InlineData("orders.{orderId}.preOrder")]
    public Task UpperCase_Triggers(string subject) => Rule.Reports(Code.Handle($"[|\"{subject}\"|]"));

    [Theory]
    [InlineData("orders.created")]
    [InlineData("orders.{orderId}")]
    [InlineData("$JS.API.>")]
    [InlineData("_INBOX.>")]
    public Task OtherSubject_DoesNotTrigger(string subject) => Rule.Reports(Code.Handle($"\"{subject}\""));

    [Fact]
    public Task Fix_KeepsParameters() => Rule.Fixes(
        [Code.Handle("[|\"Orders.{orderId}.Shipped\"|], [|\"A\"|]"), Code.Publish("[|\"Orders.X\"|]")],
        [Code.Handle("\"orders.{orderId}.shipped\", \"a\""), Code.Publish("\"orders.x\"")]);
}
