using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Migration;

public class RetryMembersTests
{
    private static Verify Rule => Verify.Rule("NATS0608");

    [Fact]
    public Task Case24_Members_BecomeAttemptsAndDelays() => Rule.Fixes(
        """
        public class [|OrderConsumer|] : ConventionPullConsumer
        {
            public override string StreamName => "orders";

            public override int MaxRetries => 5;
            public override double InitialRetryDelay => 0.5;
            public override double BackoffFactor { get; } = 3;

            public override double MaxRetryDelay => 5;

            public override int BatchSize => 10;
        }
        """,
        """
        public class OrderConsumer : PullConsumer
        {
            public override string StreamName => "orders";

            public override int MaxDeliver => 6;

            public override IReadOnlyList<TimeSpan> BackoffDelays => [TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(4.5), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5)];

            public override int BatchSize => 10;
        }
        """);

    [Fact]
    public Task Case24_Defaults_AreWrittenDown() => Rule.Fixes(
        """
        public class [|OrderConsumer|] : ConventionPushConsumer
        {
            public override string StreamName => "orders";
        }
        """,
        """
        public class OrderConsumer : PushConsumer
        {
            public override string StreamName => "orders";

            public override int MaxDeliver => 4;

            public override IReadOnlyList<TimeSpan> BackoffDelays => [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4)];
        }
        """);

    [Fact]
    public Task Case24_NoRetries_NoDelays() => Rule.Fixes(
        """
        public class [|OrderConsumer|] : ConventionPullConsumer
        {
            public override int MaxRetries => 0;
            public override string StreamName => "orders";
        }
        """,
        """
        public class OrderConsumer : PullConsumer
        {
            public override int MaxDeliver => 1;
            public override string StreamName => "orders";
        }
        """);

    [Fact]
    public Task Case24_DelaysBeyondTheAckWait_AreSaid() => Rule.Says(
        "OrderConsumer states its retries by the members of version 1: 3 attempts, after 20, 40 s. State them by MaxDeliver and BackoffDelays. In version 1 a message was delivered again while it was being retried, since its delays exceed the ack wait; that is over.",
        """
        public class [|OrderConsumer|] : ConventionPullConsumer
        {
            public override string StreamName => "orders";
            public override int MaxRetries => 2;
            public override double InitialRetryDelay => 20;
        }
        """);

    [Fact]
    public Task WhatIsNotConstant_HasNoFix() => Rule.HasNoFix("""
        public class [|OrderConsumer|] : ConventionPullConsumer
        {
            public override string StreamName => "orders";
            public override int MaxRetries => Environment.ProcessorCount;
        }
        """);
}
