using System.Text.Json;
using Nats.Consumer.Consuming;
using Nats.Consumer.Tests.Fakes;

namespace Nats.Consumer.Tests.Consuming;

/// <summary>Messages that were delivered more often than the three attempts that are allowed.</summary>
public class SuspectsTests
{
    private const string Noted = "dead-letters.orders.$alone.billing.1.1767323045000000000";

    private readonly List<string> _did = [];
    private string? _note;

    [Fact]
    public async Task ProcessAsync_TooManyDeliveries_IsTriedAloneUnderANote()
    {
        Lane lane = Answering(new Lane().Handle(_ => Did("handled", Outcome.Ack)));
        (await lane.ProcessAsync(delivered: 4)).ShouldBeTrue();
        _did.ShouldBe(["asked", "noted", "handled", "forgotten"]);
        lane.Settlements.ShouldBe(["+ACK"]);
        lane.DeadLetters.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(4)]
    [InlineData(50)]
    public async Task ProcessAsync_TriedAloneAndFails_IsExhausted(int delivered)
    {
        Lane lane = Answering(new Lane().Handle(_ => throw new InvalidOperationException("no way")));
        (await lane.ProcessAsync(delivered: delivered)).ShouldBeTrue();
        lane.Settlements.ShouldBe(["+TERM no way"]);
        lane.DeadLetters.Count.ShouldBe(1);
        _did.ShouldBe(["asked", "noted", "forgotten"]);
    }

    [Fact]
    public async Task ProcessAsync_NoteIsThere_IsGivenUpWithoutARun()
    {
        _note = Noted;
        Exception? told = null;
        Lane lane = Answering(new Lane(new StubConsumer
        {
            OnError = (_, error, _) =>
            {
                told = error;
                return ValueTask.CompletedTask;
            },
        }).Handle(_ => Did("handled", Outcome.Ack)));
        (await lane.ProcessAsync(delivered: 5)).ShouldBeTrue();
        _did.ShouldBe(["asked"]);
        told.ShouldBeOfType<RetriesExhaustedException>().Message.ShouldBe(
            "It was delivered 5 times without being settled, and 3 attempts are allowed: when its handler ran alone the worker went down.");
        lane.DeadLetters.Count.ShouldBe(1);
        lane.Settlements.Single().ShouldStartWith("+TERM It was delivered 5 times");
    }

    [Fact]
    public async Task ProcessAsync_NoteCannotBeStored_ComesBackWithoutARun()
    {
        Lane lane = Answering(new Lane().Handle(_ => Did("handled", Outcome.Ack)), storesNotes: false);
        (await lane.ProcessAsync(delivered: 4)).ShouldBeTrue();
        _did.ShouldBe(["asked"]);
        lane.Settlements.ShouldHaveSingleItem().ShouldStartWith("-NAK {");
        lane.DeadLetters.ShouldBeEmpty();
    }

    [Fact]
    public async Task ProcessAsync_ItsHandlerStillRuns_IsGivenUp()
    {
        Lane lane = Answering(new Lane().Handle(_ => Did("handled", Outcome.Ack)));
        InboundMessage running = lane.Pool.Rent(), again = lane.Message(delivered: 4);
        lane.Fill(running);
        again.Reset(int.MaxValue);
        lane.Fill(again, delivered: 4, sequence: running.Ack.StreamSequence);
        running.IsStarted = true;
        (await lane.ProcessAsync(again)).ShouldBeTrue();
        _did.ShouldBeEmpty();
        lane.Settlements.ShouldHaveSingleItem().ShouldContain("its handler still runs");
    }

    [Fact]
    public async Task ProcessAsync_OthersRun_WaitsForTheirEndAndKeepsNewOnesBack()
    {
        var first = new TaskCompletionSource();
        var suspect = new TaskCompletionSource();
        Lane lane = Answering(new Lane().Handle(async (message, _) =>
        {
            _did.Add($"begins {message.DeliveryCount}");
            await (message.DeliveryCount == 1 ? first.Task : message.DeliveryCount == 4 ? suspect.Task : Task.CompletedTask);
            return Outcome.Ack;
        }));
        ValueTask<bool> running = lane.ProcessAsync(delivered: 1), alone = lane.ProcessAsync(delivered: 4), late = lane.ProcessAsync(delivered: 2);
        _did.ShouldBe(["begins 1", "asked"]);
        first.SetResult();
        (await running).ShouldBeTrue();
        await DoneAsync(4);
        _did.ShouldBe(["begins 1", "asked", "noted", "begins 4"]);
        suspect.SetResult();
        (await alone).ShouldBeTrue();
        (await late).ShouldBeTrue();
        _did.ShouldBe(["begins 1", "asked", "noted", "begins 4", "forgotten", "begins 2"]);
    }

    [Fact]
    public async Task ProcessAsync_OthersRunOn_ComesBackLater()
    {
        var first = new TaskCompletionSource();
        Lane lane = Answering(new Lane(new StubConsumer { Wait = TimeSpan.FromMinutes(2) }).Handle(async (_, _) =>
        {
            await first.Task;
            return Outcome.Ack;
        }));
        ValueTask<bool> running = lane.ProcessAsync(delivered: 1), alone = lane.ProcessAsync(delivered: 4);
        lane.Time.Advance(TimeSpan.FromMinutes(1));
        (await alone).ShouldBeTrue();
        lane.Settlements.ShouldHaveSingleItem().ShouldStartWith("-NAK {");
        ValueTask<bool> late = lane.ProcessAsync(delivered: 1);
        first.SetResult();
        (await running && await late).ShouldBeTrue("the door is open again");
    }

    // A handler that hangs must not stop the others for ever.
    [Fact]
    public async Task ProcessAsync_RunsForLongerThanAMinute_IsNotAloneAnyMore()
    {
        var suspect = new TaskCompletionSource();
        Lane lane = Answering(new Lane(new StubConsumer { Wait = TimeSpan.FromMinutes(2) }).Handle(async (message, _) =>
        {
            await (message.DeliveryCount == 4 ? suspect.Task : Task.CompletedTask);
            return Outcome.Ack;
        }));
        ValueTask<bool> alone = lane.ProcessAsync(delivered: 4), late = lane.ProcessAsync(delivered: 1);
        late.IsCompleted.ShouldBeFalse();
        lane.Time.Advance(TimeSpan.FromMinutes(1));
        (await late).ShouldBeTrue();
        alone.IsCompleted.ShouldBeFalse();
        suspect.SetResult();
        (await alone).ShouldBeTrue();
    }

    [Fact]
    public async Task ProcessAsync_EndlessAckWait_OthersWaitForAMinute()
    {
        var first = new TaskCompletionSource();
        Lane lane = Answering(new Lane(new StubConsumer { Wait = TimeSpan.MaxValue }).Handle(async (_, _) =>
        {
            await first.Task;
            return Outcome.Ack;
        }));
        ValueTask<bool> running = lane.ProcessAsync(delivered: 1), alone = lane.ProcessAsync(delivered: 4);
        lane.Time.Advance(TimeSpan.FromMinutes(1));
        (await alone).ShouldBeTrue();
        lane.Settlements.ShouldHaveSingleItem().ShouldStartWith("-NAK {");
        first.SetResult();
        (await running).ShouldBeTrue();
    }

    [Fact]
    public async Task ProcessAsync_AtMostOnce_IsNeverTriedAgain()
    {
        Lane lane = Answering(new Lane(new StubConsumer { Mode = DeliveryMode.AtMostOnce }).Handle(_ => Did("handled", Outcome.Ack)));
        await lane.ProcessAsync(delivered: 4);
        _did.ShouldBe(["handled"], "it was never confirmed before, and so never handled");
    }

    private Outcome Did(string what, Outcome outcome)
    {
        _did.Add(what);
        return outcome;
    }

    private Task DoneAsync(int count) => Servers.Until.TrueAsync(() => _did.Count >= count, $"{count} steps");

    private Lane Answering(Lane lane, bool storesNotes = true)
    {
        lane.Time.HasTimers = true;
        lane.Connection.Answer = request =>
        {
            switch (request.Subject)
            {
                case "$JS.API.STREAM.MSG.GET.orders-dead-letters":
                    _did.Add("asked");
                    string wanted = JsonDocument.Parse(request.Payload).RootElement.GetProperty("last_by_subj").GetString()!;
                    return RecordingConnection.Json(wanted == _note
                        ? """{"message":{"seq":7}}"""
                        : """{"error":{"code":404,"err_code":10037,"description":"no message found"}}""");
                case "$JS.API.STREAM.MSG.DELETE.orders-dead-letters":
                    _did.Add("forgotten");
                    return RecordingConnection.Json("""{"success":true}""");
                case var subject when subject.StartsWith("dead-letters.orders.$alone.", StringComparison.Ordinal):
                    if (!storesNotes)
                        return RecordingConnection.Json("""{"error":{"code":503,"err_code":10077,"description":"maximum bytes exceeded"}}""");
                    _did.Add("noted");
                    return RecordingConnection.Json(Lane.Stored);
                default:
                    return RecordingConnection.Json(Lane.Stored);
            }
        };
        return lane;
    }
}
