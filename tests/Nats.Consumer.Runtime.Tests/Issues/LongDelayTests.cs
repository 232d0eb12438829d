using Nats.Consumer.Consuming;
using Nats.Consumer.Tests.Fakes;

namespace Nats.Consumer.Tests.Issues;

/// <summary>A delay longer than a timer can be threw after the lane was parked, which stood still for ever.</summary>
public class LongDelayTests
{
    [Fact]
    public void Park_ForTwoMonths_ComesBackAfterTwoMonths()
    {
        var lane = new Lane();
        lane.Time.HasTimers = true;
        var lanes = new Lanes(LaneKeys.Single, lane.Time);
        InboundMessage message = lane.Message();
        lanes.Add(message);
        lanes.Ready.TryRead(out _).ShouldBeTrue();
        lanes.Park(message, TimeSpan.FromDays(60)).ShouldBeTrue();
        lane.Time.Advance(TimeSpan.FromDays(49)); // as long as one timer can be
        lane.Time.Advance(TimeSpan.FromDays(10));
        lanes.Ready.TryRead(out _).ShouldBeFalse();
        lane.Time.Advance(TimeSpan.FromDays(1));
        lanes.Ready.TryRead(out InboundMessage? again).ShouldBeTrue();
        again.ShouldBe(message);
    }
}
