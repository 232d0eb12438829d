using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Issues;

/// <summary>NATS0701 reported exceptions that the handler catches itself, and did not look into the sections of a switch nor at outcomes in branches.</summary>
public class SettledBeforeBranchesTests
{
    private static Verify Rule => Verify.Rule("NATS0701");

    [Fact]
    public Task ExceptionThatIsCaught_DoesNotTrigger() => Rule.Reports(Handler("""
        await m.AckAsync();
        try { if (kind > 1) throw new FormatException(); }
        catch (FormatException) { Console.WriteLine(); }
        return Outcome.Ack;
        """));

    [Fact]
    public Task SettlementInTryAndExceptionInCatch_Trigger() => Rule.Reports(Handler("""
        await m.AckAsync();
        try { await [|m.NakAsync()|]; }
        catch (FormatException) { [|throw new IOException();|] }
        return Outcome.Ack;
        """));

    [Fact]
    public Task SectionOfASwitch_Triggers() => Rule.Reports(Handler("""
        switch (kind)
        {
            case 1:
                await m.AckAsync();
                return [|Outcome.Retry|];
            case 2:
                await m.NakAsync();
                break;
            default:
                return Outcome.Drop("nobody wants it");
        }
        return Outcome.Ack;
        """));

    [Theory]
    [InlineData("return [|kind > 1 ? Outcome.Ack : Outcome.Retry|];")]
    [InlineData("return [|kind switch { 1 => Outcome.Ack, _ => Outcome.Drop(\"x\") }|];")]
    [InlineData("return kind > 1 ? Outcome.Ack : default;")]
    public Task OutcomeInABranch_Triggers(string end) => Rule.Reports(Handler("await m.AckAsync();\n" + end));

    private static string Handler(string body) => $$"""
        public class H : ConsumerHandler
        {
            [Handle("a")]
            public async Task<Outcome> OnAsync(int kind, MessageContext m)
            {
                {{body}}
            }
        }
        """;
}
