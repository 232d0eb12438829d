using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Consumers;

public class IgnoredDelaysTests
{
    private const string Delays = "public override IReadOnlyList<TimeSpan> BackoffDelays => ";

    private static Verify Rule => Verify.Rule("NATS0503");

    [Fact]
    public Task RetryOfItsOwn_Triggers() => Rule.Says(
        "OrderConsumer overrides Retry without using BackoffDelays, so these delays have no effect. State the delays in one of the two.",
        Code.ConsumerWith(Delays + "[|[TimeSpan.Zero]|]; public override RetryPolicy Retry => RetryPolicy.Immediate;"));

    [Theory]
    [InlineData(Delays + "[TimeSpan.Zero]; public override RetryPolicy Retry => RetryPolicy.Delays(BackoffDelays);")]
    [InlineData(Delays + "[TimeSpan.Zero]; public override RetryPolicy Retry => BackoffDelays.Count > 1 ? base.Retry : RetryPolicy.Immediate;")]
    [InlineData(Delays + "[TimeSpan.Zero]; public override RetryPolicy Retry { get { if (MaxDeliver > 9) return base.Retry; return RetryPolicy.Immediate; } }")]
    [InlineData(Delays + "[TimeSpan.Zero];")]
    [InlineData("public override RetryPolicy Retry => RetryPolicy.Immediate;")]
    public Task OneOfTheTwo_DoesNotTrigger(string members) => Rule.Reports(Code.ConsumerWith(members));
}
