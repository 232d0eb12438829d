using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Naming;

public class SeparatorInsteadOfDotTests
{
    private static Verify Rule => Verify.Rule("NATS0101");

    [Theory]
    [InlineData("orders-created")]
    [InlineData("user:availed")]
    [InlineData("orders_created")]
    [InlineData("orders/created")]
    public Task SeparatorAndNoDot_Triggers(string subject) => Rule.Reports(Code.Handle($"[|\"{subject}\"|]"));

    [Theory]
    [InlineData("orders")]
    [InlineData("orders.created")]
    [InlineData("orders.pre-order")]
    [InlineData("{order_id}")]
    [InlineData("orders-")]
    [InlineData("$JS-x.y")]
    public Task OtherSubject_DoesNotTrigger(string subject) => Rule.Reports(Code.Handle($"\"{subject}\""));

    [Fact]
    public Task OtherSeparators_ByOption() => Rule.With("nats_toolkit.forbidden_separators = +").Reports(Code.Handle("[|\"a+b\"|], \"c-d\""));

    [Fact]
    public Task NoSeparators_ByOption() => Rule.With("nats_toolkit.forbidden_separators = none").Reports(Code.Handle("\"c-d\""));

    [Fact]
    public Task AllowedSubjects_ByOption() =>
        Rule.With("nats_toolkit.allowed_subjects = health-check, legacy.>").Reports(Code.Handle("\"health-check\", [|\"other-check\"|]"));

    [Fact]
    public Task Message_SaysHow() => Rule.Says(
        "Subject 'a-b' is a single token for the server, whatever '-' separates. Separate tokens by dots, as in 'a.b', so that wildcards can match parts of it.",
        Code.Handle("[|\"a-b\"|]"));

    [Fact]
    public Task Fix_ChangesHandlersAndPublishersTogether() => Rule.Fixes(
        [Code.Handle("[|\"orders-created\"|], [|@\"a_b-c\"|]"), Code.Publish("[|\"orders-created\"|]")],
        [Code.Handle("\"orders.created\", @\"a.b.c\""), Code.Publish("\"orders.created\"")]);

    [Fact]
    public Task ConstantDeclaredElsewhere_IsReportedAndNotRewritten() => Rule.HasNoFix("""
        public static class Names { public const string Created = "orders-created"; }
        public class OrderHandler : ConsumerHandler
        {
            [Handle([|Names.Created|])]
            public Task OnAsync() => Task.CompletedTask;
        }
        """);
}
