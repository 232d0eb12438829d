using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Naming;

public class SeparatorInTokenTests
{
    private static Verify Rule => Verify.Rule("NATS0102");

    [Fact]
    public Task SeparatorInToken_Triggers() => Rule.Reports(Code.Handle("\"orders.[|pre-order|].[|a_b|]\""));

    [Theory]
    [InlineData("orders-created")] // NATS0101
    [InlineData("orders.{order_id}")]
    [InlineData("orders.created")]
    [InlineData("dead-letters.orders.*.orders.created")] // the toolkit's own
    public Task OtherSubject_DoesNotTrigger(string subject) => Rule.Reports(Code.Handle($"\"{subject}\""));

    [Fact]
    public Task AllowedSubject_DoesNotTrigger() => Rule.With("nats_toolkit.allowed_subjects = orders.>").Reports(Code.Handle("\"orders.pre-order\""));
}
