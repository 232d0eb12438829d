using Nats.Consumer.Analyzers.Routing;
using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Handlers;

public class UnusedHandlerClassTests
{
    private const string Main = "System.Console.WriteLine();";

    private static readonly string Other = Marked.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal);

    private static Verify Rule => Verify.Rule("NATS0306");

    private static string Marked => Code.Handle("\"payments.made\"").Replace("OrderHandler", "[|PaymentHandler|]", StringComparison.Ordinal);

    [Theory]
    [InlineData("[typeof(OrderHandler)]")]
    [InlineData("[]")]
    public Task ClassThatNoConsumerCalls_Triggers(string handlers) =>
        Rule.InApplication().Reports(Main, Code.Handle("\"orders.x\""), Marked, OutsideConsumerTests.Consumer("[\"orders.>\"]", handlers));

    [Theory]
    [InlineData("[typeof(OrderHandler), typeof(PaymentHandler)]")]
    [InlineData("Types")]
    public Task ClassThatIsNamedOrMayBe_DoesNotTrigger(string handlers) =>
        Rule.InApplication().Reports(Main, Code.Handle("\"orders.x\""), Other, OutsideConsumerTests.Consumer("[\"orders.>\", \"payments.>\"]", handlers));

    [Fact]
    public Task Library_DoesNotTrigger() => Rule.Reports(Code.Handle("\"orders.x\""), Other, OutsideConsumerTests.Consumer("[\"orders.>\"]", "[typeof(OrderHandler)]"));

    [Fact]
    public Task NoConsumer_DoesNotTrigger() => Rule.InApplication().Reports(Main, Other);
}
