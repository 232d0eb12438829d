using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Consumers;

public class ShortAckWaitTests
{
    private static Verify Rule => Verify.Rule("NATS0504");

    [Fact]
    public Task BelowASecond_Triggers() => Rule.Says(
        "After 200 ms without a settlement the server delivers the message again, to anybody, while this handler may still be at it. Allow a second at least.",
        Code.ConsumerWith("public override TimeSpan AckWait => [|TimeSpan.FromMilliseconds(200)|];"));

    [Theory]
    [InlineData("TimeSpan.FromSeconds(1)")]
    [InlineData("TimeSpan.FromMinutes(0.5)")]
    [InlineData("TimeSpan.Parse(\"00:00:00.1\")")]
    public Task ASecondOrUnknown_DoesNotTrigger(string wait) => Rule.Reports(Code.ConsumerWith($"public override TimeSpan AckWait => {wait};"));

    [Fact]
    public Task TestProject_DoesNotTrigger() => Rule.InTests().Reports(Code.ConsumerWith("public override TimeSpan AckWait => TimeSpan.FromMilliseconds(200);"));
}
