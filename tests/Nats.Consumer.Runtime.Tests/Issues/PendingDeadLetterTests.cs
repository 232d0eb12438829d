using Nats.Consumer.Client;
using Nats.Consumer.Consuming;
using Nats.Consumer.Tests.Fakes;

namespace Nats.Consumer.Tests.Issues;

/// <summary>
/// A message whose dead letter could not be stored came back as one that had been delivered too often: its copy said in the end that its handler seemed to bring the worker down, and a handler that had decided
/// on a dead letter was called again.
/// </summary>
public class PendingDeadLetterTests
{
    private const string Full = """{"error":{"code":503,"err_code":10077,"description":"maximum messages exceeded"}}""";

    [Fact]
    public async Task Exhausted_StoredAtLast_SaysWhyAndTellsHandleErrorOnce()
    {
        int told = 0;
        Lane lane = new Lane(new StubConsumer
        {
            OnError = (_, _, _) =>
            {
                told++;
                return ValueTask.CompletedTask;
            },
        }).Handle(_ => throw new InvalidOperationException("no database"));
        await ComesBackTwiceAsync(lane, delivered: 3);
        NatsHeaders headers = lane.DeadLetters[^1].Headers!;
        headers["Dead-Letter-Reason"].ShouldBe("no database");
        headers["Dead-Letter-Error"].ShouldBe("System.InvalidOperationException");
        told.ShouldBe(1);
    }

    [Fact]
    public async Task Decided_StoredAtLast_SaysWhyAndCallsTheHandlerOnce()
    {
        int calls = 0;
        Lane lane = new Lane().Handle(_ =>
        {
            calls++;
            return Outcome.DeadLetter("broken");
        });
        await ComesBackTwiceAsync(lane, delivered: 1);
        lane.DeadLetters[^1].Headers!["Dead-Letter-Reason"].ShouldBe("broken");
        calls.ShouldBe(1);
    }

    [Fact]
    public async Task Exhausted_ErrorWithoutAMessage_IsADeadLetterAllTheSame()
    {
        Lane lane = new Lane().Handle(_ => throw new InvalidOperationException(""));
        await lane.ProcessAsync(delivered: 3);
        lane.DeadLetters.Single().Headers!["Dead-Letter-Reason"].ShouldBe("InvalidOperationException");
    }

    // The same message, three deliveries in a row; the dead-letter stream has room for the last.
    private static async Task ComesBackTwiceAsync(Lane lane, int delivered)
    {
        lane.Connection.Answer = _ => RecordingConnection.Json(Full);
        InboundMessage message = lane.Message(delivered: delivered);
        await lane.ProcessAsync(message);
        lane.Redeliver(message);
        await lane.ProcessAsync(message);
        lane.Connection.Answer = _ => RecordingConnection.Json(Lane.Stored);
        lane.Redeliver(message);
        await lane.ProcessAsync(message);
        lane.Settlements.Count.ShouldBe(3);
        lane.Settlements[2].ShouldStartWith("+TERM ");
    }
}
