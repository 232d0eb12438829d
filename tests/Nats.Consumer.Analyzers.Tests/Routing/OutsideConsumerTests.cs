using Microsoft.CodeAnalysis;
using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Routing;

public class OutsideConsumerTests
{
    private const string Main = "System.Console.WriteLine();";

    private static Verify Rule => Verify.Rule("NATS0204");

    [Fact]
    public async Task StatedHandlerThatGetsNothing_IsAnErrorInTheRuntimesWords()
    {
        var finding = (await Rule.Reports(Code.Handle("\"payments.made\""), Consumer("[\"orders.>\"]", "[[|typeof(OrderHandler)|]]"))).Single();
        finding.Severity.ShouldBe(DiagnosticSeverity.Error);
        finding.GetMessage().ShouldBe("OrderHandler takes nothing of what the consumer takes (orders.>), so it would never be called. Change Subjects or the handler's [Handle].");
    }

    [Theory]
    [InlineData("[\"orders.>\", \"payments.*\"]", "[typeof(OrderHandler)]")]
    [InlineData("new List<string>(5)", "[typeof(OrderHandler)]")]
    [InlineData("[\"orders.>\"]", "[]")]
    [InlineData("[\"orders.>\"]", "Types")]
    public Task WithinReachOrUnknown_DoesNotTrigger(string subjects, string handlers) =>
        Rule.Reports(Code.Handle("\"payments.made\""), Consumer(subjects, handlers));

    [Fact]
    public Task Fallback_TakesEverything() => Rule.Reports(
        Code.Handler("""
            [Handle("payments.made")] public Task OnAsync() => Task.CompletedTask;
                protected override ValueTask<Outcome> FallbackAsync(MessageContext message, FallbackReason reason, CancellationToken ct) => new(Outcome.Ack);
            """),
        Consumer("[\"orders.>\"]", "[typeof(OrderHandler)]"));

    [Fact]
    public Task OnePatternOutside_Triggers() => Rule.InApplication().Reports(
        Main, Code.Handle("\"orders.created\", [|\"payments.made\"|]"), Consumer("[\"orders.>\"]", "[]"));

    [Fact]
    public Task OnePatternOutside_OfTwoConsumers() => Rule.InApplication().Reports(
        Main,
        Code.Handle("\"orders.created\", \"payments.made\", [|\"users.x\"|]"),
        Consumer("[\"orders.>\"]", "[typeof(OrderHandler)]"),
        Consumer("[\"payments.>\"]", "[typeof(OrderHandler)]").Replace("OrderConsumer", "Other", StringComparison.Ordinal));

    [Fact]
    public Task Library_DoesNotTrigger() => Rule.Reports(Code.Handle("\"orders.created\", \"payments.made\""), Consumer("[\"orders.>\"]", "[]"));

    internal static string Consumer(string subjects, string handlers) => $$"""
        public class OrderConsumer : PullConsumer
        {
            public static Type[] Types { get; set; } = [];
            public override string StreamName => "orders";
            public override IReadOnlyList<string> Subjects => {{subjects}};
            public override IReadOnlyList<Type> Handlers => {{handlers}};
        }
        """;
}
