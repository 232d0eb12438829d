using FsCheck.Fluent;
using Nats.Consumer.Tests.Fakes;

namespace Nats.Consumer.Tests;

public class RetryPolicyTests
{
    [Fact]
    public void Delays_List_LastOneRepeats()
    {
        RetryPolicy policy = RetryPolicy.Delays([Seconds(1), Seconds(5), Seconds(2)]);
        Enumerable.Range(1, 5).Select(attempt => policy.DelayAfter(attempt, 0.9)).ShouldBe([Seconds(1), Seconds(5), Seconds(2), Seconds(2), Seconds(2)]);
        policy.DelayAfter(int.MaxValue, 0).ShouldBe(Seconds(2));
        policy.ToString().ShouldBe("00:00:01, 00:00:05, 00:00:02");
    }

    [Fact]
    public void Delays_ListChangedAfterwards_IsNotSeen()
    {
        TimeSpan[] delays = [Seconds(1)];
        RetryPolicy policy = RetryPolicy.Delays(delays);
        delays[0] = Seconds(99);
        policy.DelayAfter(1, 0).ShouldBe(Seconds(1));
    }

    [Fact]
    public void Delays_EmptyNegativeOrNull_Throws()
    {
        Should.Throw<ArgumentException>(() => RetryPolicy.Delays([])).Message.ShouldStartWith("A list of retry delays needs at least one entry.");
        Should.Throw<ArgumentException>(() => RetryPolicy.Delays([Seconds(1), Seconds(-1)])).Message.ShouldStartWith("A retry delay cannot be negative.");
        Should.Throw<ArgumentNullException>(() => RetryPolicy.Delays(null!));
    }

    [Fact]
    public void Exponential_NoJitter_GrowsToTheCap()
    {
        RetryPolicy policy = RetryPolicy.Exponential(Seconds(1), Seconds(60), factor: 3);
        Enumerable.Range(1, 6).Select(attempt => policy.DelayAfter(attempt, 0.3)).ShouldBe([Seconds(1), Seconds(3), Seconds(9), Seconds(27), Seconds(60), Seconds(60)]);
    }

    [Fact]
    public void Default_Attempts_DoubleUpToFiveMinutes()
    {
        Enumerable.Range(1, 10).Select(attempt => RetryPolicy.Default.DelayAfter(attempt, 0.5).TotalSeconds).ShouldBe([1, 2, 4, 8, 16, 32, 64, 128, 256, 300]);
        RetryPolicy.Default.DelayAfter(1, 0).ShouldBe(TimeSpan.FromMilliseconds(800));
    }

    [Fact]
    public void Exponential_JitterAtTheCap_StillSpreads()
    {
        RetryPolicy.Default.DelayAfter(100, 0).ShouldBe(Seconds(240));
        RetryPolicy.Default.DelayAfter(100, 0.25).ShouldBe(Seconds(270));
        RetryPolicy.Default.DelayAfter(100, 0.99).ShouldBe(Seconds(300));
    }

    [Fact]
    public void Exponential_AnyAttempt_StaysWithinJitterAndCap() => Samples.ForAll(
        from first in Gen.Choose(0, 10_000)
        from more in Gen.Choose(0, 1_000_000)
        from factor in Gen.Elements(1, 1.5, 2, 10, 1e300, double.PositiveInfinity)
        from jitter in Gen.Elements(0, 0.2, 0.5, 1)
        from attempt in Gen.OneOf(Gen.Choose(1, 20), Gen.Choose(1, 1_000), Gen.Constant(int.MaxValue))
        from random in Gen.Elements(0, 0.25, 0.5, 0.999999)
        select (First: TimeSpan.FromMilliseconds(first), Longest: TimeSpan.FromMilliseconds(first + more), factor, jitter, attempt, random),
        x =>
        {
            TimeSpan delay = RetryPolicy.Exponential(x.First, x.Longest, x.factor, x.jitter).DelayAfter(x.attempt, x.random);
            TimeSpan middle = RetryPolicy.Exponential(x.First, x.Longest, x.factor).DelayAfter(x.attempt, x.random);
            TimeSpan rounding = TimeSpan.FromTicks(2);
            return delay >= TimeSpan.Zero && delay <= x.Longest && delay >= (middle * (1 - x.jitter)) - rounding && delay <= (middle * (1 + x.jitter)) + rounding;
        },
        runs: 3_000);

    [Fact]
    public void Exponential_FirstToThousandthAttempt_NeverShrinksAndNeverThrows()
    {
        RetryPolicy policy = RetryPolicy.Exponential(TimeSpan.FromTicks(1), TimeSpan.MaxValue, factor: 10);
        TimeSpan before = TimeSpan.Zero;
        for (int attempt = 1; attempt <= 1_000; attempt++)
        {
            TimeSpan delay = policy.DelayAfter(attempt, 0.5);
            delay.ShouldBeGreaterThanOrEqualTo(before);
            before = delay;
        }

        before.ShouldBe(TimeSpan.MaxValue);
    }

    [Theory]
    [InlineData(-1, 1, 2, 0)]
    [InlineData(2, 1, 2, 0)]
    [InlineData(1, 2, 0.5, 0)]
    [InlineData(1, 2, double.NaN, 0)]
    [InlineData(1, 2, 2, -0.1)]
    [InlineData(1, 2, 2, 1.1)]
    [InlineData(1, 2, 2, double.NaN)]
    public void Exponential_OutOfRange_Throws(int first, int longest, double factor, double jitter) =>
        Should.Throw<ArgumentOutOfRangeException>(() => RetryPolicy.Exponential(Seconds(first), Seconds(longest), factor, jitter));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void DelayAfter_NoAttempt_Throws(int attempt) => Should.Throw<ArgumentOutOfRangeException>(() => RetryPolicy.Immediate.DelayAfter(attempt, 0));

    [Fact]
    public void Immediate_Always_IsZero() => RetryPolicy.Immediate.DelayAfter(7, 0.9).ShouldBe(TimeSpan.Zero);

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);
}
