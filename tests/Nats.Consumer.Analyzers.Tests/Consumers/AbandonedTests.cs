using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Consumers;

public class AbandonedTests
{
    private static Verify Rule => Verify.Rule("NATS0511");

    [Fact]
    public Task Nak_Triggers() => Rule.Says(
        "With Nak a message whose attempts are exhausted stays in the stream, is never delivered again, and nobody is told. DeadLetter keeps a copy where it can be seen and replayed.",
        Consumer("[|ErrorAckBehavior.Nak|]"));

    [Theory]
    [InlineData("ErrorAckBehavior.DeadLetter")]
    [InlineData("ErrorAckBehavior.Ack")]
    [InlineData("Environment.Is64BitProcess ? ErrorAckBehavior.Nak : ErrorAckBehavior.Ack")]
    public Task OthersOrUnknown_DoNotTrigger(string behavior) => Rule.Reports(Consumer(behavior));

    [Fact]
    public Task Fix_UsesDeadLetter() => Rule.Fixes(Consumer("[|Nats.Consumer.ErrorAckBehavior.Nak|]"), Consumer("Nats.Consumer.ErrorAckBehavior.DeadLetter"));

    private static string Consumer(string behavior) => Code.ConsumerWith($"public override ErrorAckBehavior OnExhausted => {behavior};");
}
