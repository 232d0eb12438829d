using Nats.Consumer.Client.Connecting;

namespace Nats.Consumer.Client.Tests.Connecting;

public sealed class ReconnectDelayTests
{
    [Theory]
    [InlineData(0, 0, 40)]
    [InlineData(0, 0.999, 20.02)]
    [InlineData(800, 0, 40)]
    [InlineData(2_000, 0, 100)]
    [InlineData(2_000, 0.5, 75)]
    [InlineData(100_000, 0, 5_000)]
    [InlineData(1_000_000_000, 0, 5_000)]
    [InlineData(1_000_000_000, 0.999, 2_502.5)]
    public void Delay_OfAnOutage_IsATwentiethWithinBounds(double outage, double random, double expected) =>
        ReconnectDelay.For(TimeSpan.FromMilliseconds(outage), TimeSpan.FromSeconds(5), random).TotalMilliseconds.ShouldBe(expected, 0.001);

    [Fact]
    public void Delay_WithALimitBelowTheShortest_IsTheLimit() =>
        ReconnectDelay.For(TimeSpan.FromMinutes(1), TimeSpan.FromMilliseconds(5), 0).ShouldBe(TimeSpan.FromMilliseconds(5));
}
