using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Consumers;

public class ShadowedExceptionRuleTests
{
    private static Verify Rule => Verify.Rule("NATS0518");

    [Theory]
    [InlineData("ExceptionPolicy.Default.Retry<IOException>().[|DeadLetter<FileNotFoundException>|]()")]
    [InlineData("ExceptionPolicy.Default.On<Exception>(error => Outcome.Retry).Otherwise(error => Outcome.Ack).[|Drop<FormatException>|]().[|Retry<TimeoutException>|]()")]
    [InlineData("ExceptionPolicy.Default.Retry<IOException>(TimeSpan.Zero).[|Retry<IOException>|]()")]
    public Task LaterRuleForAnExceptionThatIsDecided_Triggers(string policy) => Rule.Reports(Consumer(policy));

    [Theory]
    [InlineData("ExceptionPolicy.Default.DeadLetter<FileNotFoundException>().Retry<IOException>().Retry<TimeoutException>()")]
    [InlineData("Common.Retry<IOException>()")]
    [InlineData("ExceptionPolicy.Default")]
    public Task SpecialFirst_DoesNotTrigger(string policy) => Rule.Reports(Consumer(policy));

    [Fact]
    public Task Message_NamesBoth() => Rule.Says(
        "DeadLetter<FileNotFoundException> comes too late: the rule for IOException before it fits FileNotFoundException as well, and the first that fits decides. State the more special exception first.",
        Consumer("ExceptionPolicy.Default.Retry<IOException>().[|DeadLetter<FileNotFoundException>|]()"));

    private static string Consumer(string policy) =>
        Code.ConsumerWith($"public override ExceptionPolicy Exceptions => {policy}; public static ExceptionPolicy Common => ExceptionPolicy.Default;");
}
