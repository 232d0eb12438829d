using Nats.Consumer.Consuming;
using Nats.Consumer.Tests.Fakes;

namespace Nats.Consumer.Tests.Consuming;

public class CancellationTests
{
    [Fact]
    public async Task ProcessAsync_AbortedHandlerStops_IsHandedBack()
    {
        using var abort = new CancellationTokenSource();
        var started = new TaskCompletionSource();
        Lane lane = new Lane().Handle(async (_, cancellationToken) =>
        {
            started.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return Outcome.Ack;
        });
        ValueTask<bool> processing = lane.ProcessAsync(lane.Message(), abort.Token);
        await started.Task;
        await abort.CancelAsync();
        (await processing).ShouldBeFalse();
        lane.Settlements.ShouldBe(["-NAK"]);
        lane.Log.Entries.ShouldBeEmpty();
    }

    [Fact]
    public async Task ProcessAsync_AbortedHandlerFinishesAllTheSame_IsSettled()
    {
        using var abort = new CancellationTokenSource();
        await abort.CancelAsync();
        Lane lane = new Lane().Handle(_ => Outcome.Ack);
        (await lane.ProcessAsync(lane.Message(), abort.Token)).ShouldBeTrue();
        lane.Settlements.ShouldBe(["+ACK"]);
    }

    [Fact]
    public async Task ProcessAsync_AbortedHandleError_IsHandedBack()
    {
        using var abort = new CancellationTokenSource();
        Lane lane = new Lane(new StubConsumer
        {
            OnError = (_, _, _) =>
            {
                abort.Cancel();
                throw new OperationCanceledException(abort.Token);
            },
        }).Handle(_ => throw new InvalidOperationException());
        (await lane.ProcessAsync(lane.Message(delivered: 3), abort.Token)).ShouldBeFalse();
        lane.Settlements.ShouldBe(["-NAK"]);
    }

    [Fact]
    public async Task ProcessAsync_HandlerCancelledByItself_IsAFailure()
    {
        Lane lane = new Lane().Handle(_ => throw new TaskCanceledException("an HTTP client that timed out"));
        (await lane.ProcessAsync()).ShouldBeTrue();
        lane.Settlements.ShouldBe(["-NAK {\"delay\":1000000000}"]);
    }

    [Theory]
    [InlineData(29_999, true)]
    [InlineData(30_000, false)]
    [InlineData(60_000, false)]
    public async Task ProcessAsync_BufferedForSoLong_IsStartedWithinItsAckWaitOnly(int milliseconds, bool starts)
    {
        int calls = 0;
        Lane lane = new Lane().Handle(_ =>
        {
            calls++;
            return Outcome.Ack;
        });
        InboundMessage message = lane.Message();
        lane.Time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        (await lane.ProcessAsync(message)).ShouldBe(starts);
        calls.ShouldBe(starts ? 1 : 0);
        lane.Settlements.Count.ShouldBe(starts ? 1 : 0);
        lane.Log.Entries.Count(entry => entry.Text.Contains("waited longer than its ack wait and is not started", StringComparison.Ordinal)).ShouldBe(starts ? 0 : 1);
    }
}
