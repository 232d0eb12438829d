using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Syntax;

public class InvalidSubjectTests
{
    private static Verify Rule => Verify.Rule("NATS0001");

    [Theory]
    [InlineData("""[|""|]""")]
    [InlineData("""
        "orders[|..|]created"
        """)]
    [InlineData("""
        "[|.|]orders"
        """)]
    [InlineData("""
        "orders[|.|]"
        """)]
    [InlineData("""
        "orders[| |]created"
        """)]
    [InlineData("""
        "orders.[|>|].created"
        """)]
    [InlineData("""
        "orders.{id}.{[|id|]}"
        """)]
    [InlineData("""
        "orders.[|{|]id"
        """)]
    [InlineData("""
        @"orders[|..|]created"
        """)]
    [InlineData("""
        [|"orders\tcreated"|]
        """)]
    [InlineData("""
        "orders.ok", "orders[|.|]"
        """)]
    [InlineData("""
        new[] { "orders[|.|]" }
        """)]
    [InlineData("""
        [|"orders" + "."|]
        """)]
    public Task InvalidHandle_Triggers(string arguments) => Rule.Reports(Code.Handle(arguments));

    [Theory]
    [InlineData("\"orders.created\"")]
    [InlineData("\"orders.*.{id}.>\"")]
    [InlineData("nameof(OrderHandler)")]
    [InlineData("\"orders.cre*\"")] // NATS0002
    public Task ValidHandle_DoesNotTrigger(string arguments) => Rule.Reports(Code.Handle(arguments));

    [Theory]
    [InlineData("""["orders[|..|]x"]""")]
    [InlineData("""new[] { "orders[|..|]x" }""")]
    [InlineData("""new List<string> { "orders[|..|]x" }""")]
    [InlineData("""["a.b", .. (string[])["orders[|..|]x"]]""")]
    [InlineData("[|[]|]")]
    public Task InvalidSubjectsOfConsumer_Trigger(string subjects) => Rule.Reports(Code.Consumer(subjects));

    [Fact]
    public Task InvalidSubjectOfStream_Triggers() => Rule.Reports(Code.Stream("""["orders[| |]x"]"""));

    [Fact]
    public Task InvalidPublish_Triggers() => Rule.Reports(Code.Publish("\"orders[|..|]x\""));

    [Theory]
    [InlineData("id")]
    [InlineData("$\"orders..{id}\"")]
    [InlineData("id.Length > 1 ? \"orders.\" : id")]
    public Task SubjectThatIsNotConstant_DoesNotTrigger(string subject) => Rule.Reports(Code.Publish(subject));

    [Fact]
    public Task ConstantDeclaredElsewhere_TriggersAtUse_AndHasNoFix() => Rule.HasNoFix("""
        public static class Names { public const string Created = "orders."; }
        public class OrderHandler : ConsumerHandler
        {
            [Handle([|Names.Created|], [|$"{Names.Created}x."|])]
            public Task OnAsync() => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task WrappersOfTheUser_Trigger() => Rule.Reports("""
        public class Wrapper
        {
            [StringSyntax("NatsSubjectPattern")] public string Filter { get; set; } = "a[|..|]b";
            [StringSyntax("NatsSubject")] private readonly string _field = "a[|..|]b";
            public void Send([StringSyntax("NatsSubject")] string subject = "a[|..|]b") { }
            public void Use()
            {
                Send("x[|.|]");
                Filter = "y[|.|]";
                _ = _field;
            }
        }
        """);

    [Fact]
    public Task StringsWithoutMark_DoNotTrigger() => Rule.Reports("""
        public class Wrapper
        {
            [StringSyntax("Regex")] public string Filter { get; set; } = "a..b";
            public void Send(string subject) => Send("x..y");
        }
        """);

    [Fact]
    public Task HandleWithoutSubject_Triggers() => Rule.Says(
        "[Handle] names no subject. Give it one, as in [Handle(\"orders.created\")].",
        """
        public class OrderHandler : ConsumerHandler
        {
            [[|Handle|]]
            public Task OnAsync() => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Message_IsThatOfTheAlgebra() =>
        Rule.Says("Subject 'orders.' ends with a dot. Remove it or write the token that belongs after it.", Code.Handle("\"orders[|.|]\""));

    [Fact]
    public Task WithoutRuntime_DoesNotTrigger() => Rule.WithoutRuntime().Reports("""
        public class Wrapper
        {
            [System.Diagnostics.CodeAnalysis.StringSyntax("NatsSubject")] public string Filter { get; set; } = "a..b";
        }
        """);

    [Fact]
    public Task Fix_TrimsAndDropsEmptyTokens() => Rule.Fixes(
        [Code.Handle("\"orders[|..|]created\", @\"[|.|]orders\""), Code.Publish("\"[| |]orders. created\"").Replace("class Publisher", "class P", StringComparison.Ordinal)],
        [Code.Handle("\"orders.created\", @\"orders\""), Code.Publish("\"orders.created\"").Replace("class Publisher", "class P", StringComparison.Ordinal)]);

    [Theory]
    [InlineData("\"orders[| |]created\"")]
    [InlineData("\"orders.[|>|].created\"")]
    [InlineData("[|\"\"|]")]
    public Task Fix_IsNotOfferedWhereIntentIsUnknown(string arguments) => Rule.HasNoFix(Code.Handle(arguments));
}
