using Nats.Consumer.JetStream;

namespace Nats.Consumer.Tests.JetStream;

public class NanosecondsTests
{
    [Fact]
    public void ToNanoseconds_Time_IsExactToTheTick()
    {
        TimeSpan.FromTicks(1).ToNanoseconds().ShouldBe(100);
        TimeSpan.FromSeconds(30).ToNanoseconds().ShouldBe(30_000_000_000);
        TimeSpan.Zero.ToNanoseconds().ShouldBe(0);
        TimeSpan.FromDays(365).ToNanoseconds().ShouldBe(31_536_000_000_000_000);
    }

    [Fact]
    public void ToNanoseconds_TooLong_Is100Years()
    {
        long most = TimeSpan.FromDays(36_500).ToNanoseconds();
        most.ShouldBe(3_153_600_000_000_000_000);
        TimeSpan.MaxValue.ToNanoseconds().ShouldBe(most);
        TimeSpan.MinValue.ToNanoseconds().ShouldBe(-most);
    }

    [Fact]
    public void ToTimeSpan_Nanoseconds_CutsBelowATick() => Nanoseconds.ToTimeSpan(1_999).ShouldBe(TimeSpan.FromTicks(19));
}
