using Microsoft.CodeAnalysis;
using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Routing;

public class UnhandledSubjectTests
{
    private static readonly string Orders = Code.Handle("\"orders.created\"");

    private static Verify Rule => Verify.Rule("NATS0205");

    [Fact]
    public Task SubjectWithoutStatedHandler_Triggers() => Rule.Says(
        "No handler of OrderConsumer takes anything of 'payments.>', so it is not asked for. Add a handler for it, or leave it out.",
        Orders, Consumer("[\"orders.>\", [|\"payments.>\"|]]", "[typeof(OrderHandler)]"));

    [Fact]
    public Task SubjectWithoutAnyHandler_TriggersInAnApplication() => Rule.InApplication().Reports(Code.Main, Orders, Consumer("[\"orders.*\", [|\"payments.>\"|], [|\"orders.a.b\"|]]", "[]"));

    [Fact]
    public async Task ConsumerWithoutAnyHandler_IsAnErrorInTheRuntimesWords()
    {
        var finding = (await Rule.InApplication().Reports(Code.Main, Orders, Consumer("[\"payments.>\"]", "[]").Replace("OrderConsumer", "[|OrderConsumer|]", StringComparison.Ordinal))).Single();
        finding.Severity.ShouldBe(DiagnosticSeverity.Error);
        finding.GetMessage().ShouldBe("OrderConsumer: no handler of the application takes anything of payments.>. Write a ConsumerHandler with a [Handle] for it, or name the handlers in Handlers.");
    }

    [Theory]
    [InlineData("[\"orders.>\"]", "[]")]
    [InlineData("[Environment.MachineName]", "[]")]
    [InlineData("[\"orders.x\"]", "OrderConsumer.Types")]
    public Task HandledOrUnknown_DoesNotTrigger(string subjects, string handlers) => Rule.InApplication().Reports(Code.Main, Orders, Consumer(subjects, handlers));

    [Fact]
    public Task Fallback_DoesNotTrigger() => Rule.Reports(
        Code.Handler("protected override ValueTask<Outcome> FallbackAsync(MessageContext message, FallbackReason reason, CancellationToken ct) => new(Outcome.Ack);"),
        Consumer("[\"orders.>\", \"payments.>\"]", "[typeof(OrderHandler)]"));

    [Fact]
    public Task HandlerOfAnotherAssembly_Counts() => Rule.WithLibrary("namespace Lib; " + Code.HandleNamed("PaymentHandler", "\"payments.made\"")).InApplication().Reports(
        Code.Main, Orders, Consumer("[\"orders.>\", \"payments.>\"]", "[]"));

    [Fact]
    public Task Library_DoesNotTrigger() => Rule.Reports(Orders, Consumer("[\"payments.>\"]", "[]"));

    private static string Consumer(string subjects, string handlers) => OutsideConsumerTests.Consumer(subjects, handlers);
}
