using Nats.Consumer.Tests.Fakes;

namespace Nats.Consumer.Tests.Issues;

/// <summary>Messages that waited while another one ran alone had been looked at, and acknowledged, before they waited.</summary>
public class ClosedDoorTests
{
    [Fact]
    public async Task DeadlinePassesMeanwhile_IsNotStarted()
    {
        int handled = 0;
        Lane lane = new Lane().Handle(_ =>
        {
            handled++;
            return Outcome.Ack;
        });
        var gate = new TaskCompletionSource();
        ValueTask<bool> alone = lane.Solitude.RunAloneAsync(() => new ValueTask(gate.Task), TimeSpan.FromHours(1), TimeSpan.FromHours(1), CancellationToken.None);
        ValueTask<bool> waiting = lane.ProcessAsync(delivered: 1);
        lane.Time.Advance(TimeSpan.FromSeconds(31));
        gate.SetResult();
        await alone;
        await waiting;
        handled.ShouldBe(0, "the server has given it to somebody else a second ago");
    }

    [Fact]
    public async Task AtMostOnce_IsNotAcknowledgedBeforeItMayStart()
    {
        Lane lane = new Lane(new StubConsumer { Mode = DeliveryMode.AtMostOnce }).Handle(_ => Outcome.Ack);
        var gate = new TaskCompletionSource();
        ValueTask<bool> alone = lane.Solitude.RunAloneAsync(() => new ValueTask(gate.Task), TimeSpan.FromHours(1), TimeSpan.FromHours(1), CancellationToken.None);
        ValueTask<bool> waiting = lane.ProcessAsync(delivered: 1);
        IReadOnlyList<string> settlements = lane.Settlements;
        gate.SetResult();
        await alone;
        await waiting;
        settlements.ShouldBeEmpty("a crash of the one that runs alone loses it, and its handler was not called");
    }
}
