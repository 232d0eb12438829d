using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Consumers;

public class OneDelayTooManyTests
{
    private static Verify Rule => Verify.Rule("NATS0502");

    [Fact]
    public Task AsManyDelaysAsAttempts_Trigger() => Rule.Says(
        "MaxDeliver is 2, the first attempt included, so a message is tried again 1 times at the most, and the last of these 2 delays is never used. Remove it, or raise MaxDeliver.",
        Consumer("TimeSpan.FromSeconds(1), [|TimeSpan.FromSeconds(2)|]"));

    [Theory]
    [InlineData("TimeSpan.FromSeconds(1)")]
    [InlineData("TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)")] // NATS0501
    public Task OtherCounts_DoNotTrigger(string delays) => Rule.Reports(Consumer(delays));

    [Fact]
    public Task Fix_RemovesTheLast() => Rule.Fixes(Consumer("TimeSpan.FromSeconds(1), [|TimeSpan.FromSeconds(2)|]"), Consumer("TimeSpan.FromSeconds(1)"));

    private static string Consumer(string delays) => Code.ConsumerWith($"public override int MaxDeliver => 2; public override IReadOnlyList<TimeSpan> BackoffDelays => [{delays}];");
}
