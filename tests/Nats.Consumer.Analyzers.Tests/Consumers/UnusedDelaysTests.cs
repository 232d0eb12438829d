using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Consumers;

public class UnusedDelaysTests
{
    private static Verify Rule => Verify.Rule("NATS0501");

    [Theory]
    [InlineData(2, "=> [TimeSpan.FromSeconds(1), [|TimeSpan.FromSeconds(2)|], TimeSpan.FromSeconds(3)];")]
    [InlineData(1, "=> [[|TimeSpan.Zero|], TimeSpan.Zero];")]
    [InlineData(2, "{ get; } = new[] { TimeSpan.FromSeconds(1), [|new TimeSpan(0, 0, 2)|], TimeSpan.FromMinutes(1, seconds: 30) };")]
    public Task MoreDelaysThanAttempts_Trigger(int attempts, string delays) =>
        Rule.Reports(Code.ConsumerWith($"public override int MaxDeliver => {attempts}; public override IReadOnlyList<TimeSpan> BackoffDelays {delays}"));

    [Fact]
    public Task ListElsewhereInTheClass_Triggers() => Rule.Reports(Code.ConsumerWith("""
        private const int Attempts = 2;
            private static readonly IReadOnlyList<TimeSpan> Delays = [TimeSpan.FromSeconds(1), [|TimeSpan.FromSeconds(2)|], TimeSpan.FromSeconds(3)];
            public override int MaxDeliver => Attempts;
            public override IReadOnlyList<TimeSpan> BackoffDelays => Delays;
        """));

    [Fact]
    public Task DefaultOfMaxDeliver_Counts() => Rule.Says(
        "MaxDeliver is 5, so a message is tried again 4 times at the most, and the last 2 of these 6 delays are never used. Remove them, or allow more attempts.",
        Code.ConsumerWith("public override RetryPolicy Retry => RetryPolicy.Delays([TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, [|TimeSpan.Zero|], TimeSpan.Zero]);"));

    [Fact]
    public Task AtMostOnce_IsOneAttempt() => Rule.Says(
        "Delivery is AtMostOnce, so a message is tried again 0 times at the most, and the last 1 of these 1 delays are never used. Remove them, or allow more attempts.",
        Code.ConsumerWith("public override DeliveryMode Delivery => DeliveryMode.AtMostOnce; public override IReadOnlyList<TimeSpan> BackoffDelays => [[|TimeSpan.Zero|]];"));

    [Theory]
    [InlineData("public override int MaxDeliver => 3; public override IReadOnlyList<TimeSpan> BackoffDelays => [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)];")]
    [InlineData("public override int MaxDeliver => 2; public override IReadOnlyList<TimeSpan> BackoffDelays => [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)];")] // NATS0502
    [InlineData("public override int MaxDeliver => int.Parse(\"2\"); public override IReadOnlyList<TimeSpan> BackoffDelays => [TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero];")]
    [InlineData("public override int MaxDeliver => 2; public override IReadOnlyList<TimeSpan> BackoffDelays { get { if (StreamName == \"\") return []; return [TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero]; } }")]
    [InlineData("public override int MaxDeliver => 2; public override RetryPolicy Retry => RetryPolicy.Immediate;")]
    public Task EnoughAttemptsOrUnknown_DoesNotTrigger(string members) => Rule.Reports(Code.ConsumerWith(members));

    [Fact]
    public Task AttemptsOfABaseClass_DoNotTrigger() => Rule.Reports(
        "public abstract class Patient : PullConsumer { public override int MaxDeliver => 20; }",
        Code.ConsumerWith("public override IReadOnlyList<TimeSpan> BackoffDelays => [TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero];")
            .Replace("PullConsumer", "Patient", StringComparison.Ordinal));

    [Fact]
    public Task Fix_RemovesWhatIsNeverUsed() => Rule.Fixes(
        Code.ConsumerWith("public override int MaxDeliver => 2; public override IReadOnlyList<TimeSpan> BackoffDelays => [TimeSpan.FromSeconds(1), [|TimeSpan.FromSeconds(2)|], TimeSpan.FromSeconds(3)];"),
        Code.ConsumerWith("public override int MaxDeliver => 2; public override IReadOnlyList<TimeSpan> BackoffDelays => [TimeSpan.FromSeconds(1)];"));

    [Fact]
    public Task PolicyWithoutAnyRetry_HasNoFix() => Rule.HasNoFix(
        Code.ConsumerWith("public override int MaxDeliver => 1; public override RetryPolicy Retry => RetryPolicy.Delays([[|TimeSpan.Zero|], TimeSpan.Zero]);"));
}
