using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Syntax;

public class PartialWildcardTests
{
    private static Verify Rule => Verify.Rule("NATS0002");

    [Theory]
    [InlineData("\"orders.cre[|*|]\"")]
    [InlineData("\"orders.x[|>|]\"")]
    [InlineData("\"[|*|]x.orders\"")]
    public Task WildcardInToken_Triggers(string arguments) => Rule.Reports(Code.Handle(arguments));

    [Theory]
    [InlineData("\"orders.*\"")]
    [InlineData("\"orders.>\"")]
    [InlineData("\"orders..\"")]
    public Task WholeWildcard_DoesNotTrigger(string arguments) => Rule.Reports(Code.Handle(arguments));

    [Fact]
    public Task Publish_TriggersWithoutFix() => Rule.HasNoFix(Code.Publish("\"orders.cre[|*|]\""));

    [Fact]
    public Task Message_IsThatOfTheAlgebra() => Rule.Says(
        "Subject 'orders.cre*' has '*' inside the token 'cre*', where it is not a wildcard for the server. Make '*' a token of its own, or remove it.",
        Code.Handle("\"orders.cre[|*|]\""));

    [Fact]
    public Task Fix_MakesWildcardsWholeTokens() => Rule.Fixes(
        Code.Handle("\"orders.cre[|*|]\", \"orders.x[|>|]\", @\"a[|>|].b*.c\""),
        Code.Handle("\"orders.*\", \"orders.>\", @\"*.*.c\""));
}
