using Microsoft.Extensions.Logging;
using Nats.Consumer.Tests.Fakes;

namespace Nats.Consumer.Tests.Consuming;

/// <summary>What becomes of a message whose attempts are exhausted.</summary>
public class ExhaustedTests
{
    private static readonly InvalidOperationException Error = new("no database");

    [Theory]
    [InlineData(ErrorAckBehavior.DeadLetter, "+TERM no database", 1)]
    [InlineData(ErrorAckBehavior.Ack, "+ACK", 0)]
    [InlineData(ErrorAckBehavior.Nak, "-NAK", 0)]
    [InlineData(ErrorAckBehavior.Terminate, "+TERM no database", 0)]
    [InlineData(ErrorAckBehavior.HandledByHandleError, "+TERM no database", 1)]
    public async Task ProcessAsync_LastAttemptFails_SettlesAsStated(ErrorAckBehavior behavior, string settlement, int deadLetters)
    {
        Lane lane = new Lane(new StubConsumer { Exhausted = behavior }).Handle(_ => throw Error);
        (await lane.ProcessAsync(delivered: 3)).ShouldBeTrue();
        lane.Settlements.ShouldBe([settlement]);
        lane.DeadLetters.Count.ShouldBe(deadLetters);
        lane.Log.Entries.ShouldContain(entry =>
            entry.Text == $"Message 1 ('orders.created') of stream 'orders' is exhausted after 3 deliveries: {behavior}." && entry.Level == LogLevel.Error && entry.Exception == Error);
    }

    [Fact]
    public async Task ProcessAsync_LastAttemptFails_TellsHandleErrorOnceBeforeSettling()
    {
        var calls = new List<(Exception Error, int Count, bool Settled, string Subject)>();
        Lane lane = new Lane(new StubConsumer
        {
            OnError = (message, error, count) =>
            {
                calls.Add((error, count, message.IsSettled, message.Subject));
                return ValueTask.CompletedTask;
            },
        }).Handle(_ => throw Error);
        await lane.ProcessAsync(delivered: 1);
        await lane.ProcessAsync(delivered: 2);
        calls.ShouldBeEmpty();
        await lane.ProcessAsync(delivered: 3);
        calls.ShouldBe([(Error, 3, false, "orders.created")]);
    }

    [Fact]
    public async Task ProcessAsync_HandlerAskedForARetryEachTime_TellsHandleErrorSo()
    {
        Exception? told = null;
        Lane lane = new Lane(new StubConsumer
        {
            OnError = (_, error, _) =>
            {
                told = error;
                return ValueTask.CompletedTask;
            },
        }).Handle(_ => Outcome.Retry);
        await lane.ProcessAsync(delivered: 3);
        told.ShouldBeOfType<RetriesExhaustedException>().Message.ShouldBe("The handler asked for a retry 3 times, and 3 attempts are allowed.");
    }

    [Fact]
    public async Task ProcessAsync_HandleErrorThrows_SettlesAllTheSame()
    {
        var second = new FormatException("HandleError itself");
        Lane lane = new Lane(new StubConsumer { OnError = (_, _, _) => throw second, Exhausted = ErrorAckBehavior.Ack }).Handle(_ => throw Error);
        await lane.ProcessAsync(delivered: 3);
        lane.Settlements.ShouldBe(["+ACK"]);
        lane.Log.Entries.ShouldContain(entry => entry.Exception == second && entry.Text == "HandleErrorAsync of Stub threw for message 1; it is settled as if it had returned.");
    }

    [Fact]
    public async Task ProcessAsync_HandleErrorCancelledByItself_SettlesAllTheSame()
    {
        Lane lane = new Lane(new StubConsumer { OnError = (_, _, _) => throw new OperationCanceledException() }).Handle(_ => throw Error);
        await lane.ProcessAsync(delivered: 3);
        lane.DeadLetters.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(ErrorAckBehavior.HandledByHandleError)]
    [InlineData(ErrorAckBehavior.DeadLetter)]
    public async Task ProcessAsync_HandleErrorSettles_IsRespected(ErrorAckBehavior behavior)
    {
        Lane lane = new Lane(new StubConsumer { OnError = (message, _, _) => message.TermAsync("by hand"), Exhausted = behavior }).Handle(_ => throw Error);
        await lane.ProcessAsync(delivered: 3);
        lane.Settlements.ShouldBe(["+TERM by hand"]);
        lane.DeadLetters.ShouldBeEmpty();
    }

    [Fact]
    public async Task ProcessAsync_HandleErrorShouldSettleAndDoesNot_IsAnErrorInTheLog()
    {
        Lane lane = new Lane(new StubConsumer { Exhausted = ErrorAckBehavior.HandledByHandleError }).Handle(_ => throw Error);
        await lane.ProcessAsync(delivered: 3);
        lane.Log.Entries.ShouldContain(entry =>
            entry.Text == "HandleErrorAsync of Stub did not settle message 1, although OnExhausted says that it does; it is dead-lettered." && entry.Level == LogLevel.Error);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task ProcessAsync_AttemptsOfOne_IsExhaustedAtOnce(int delivered)
    {
        Lane lane = new Lane(new StubConsumer { Attempts = 1 }).Handle(_ => Outcome.Retry);
        await lane.ProcessAsync(delivered: delivered);
        lane.DeadLetters.Count.ShouldBe(1);
    }
}
