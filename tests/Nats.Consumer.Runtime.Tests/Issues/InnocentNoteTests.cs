using System.Text.Json;
using Nats.Consumer.Client;
using Nats.Consumer.Consuming;
using Nats.Consumer.Tests.Fakes;

namespace Nats.Consumer.Tests.Issues;

/// <summary>Notes that a message was tried alone outlived faults of the network, and were taken for crashes: messages became dead letters although no worker had gone down.</summary>
public class InnocentNoteTests
{
    // The note is stored, and the connection lost before its confirmation: the handler has not been called, and nobody went down.
    [Fact]
    public async Task NoteStoredButNotConfirmed_IsTriedWhenItComesAgain()
    {
        string? note = null;
        int handled = 0;
        Lane lane = new Lane().Handle(_ =>
        {
            handled++;
            return Outcome.Ack;
        });
        lane.Connection.Answer = request => Answer(request, ref note, _ => NatsReply.None(NatsReplyStatus.Disconnected, request.Subject));
        InboundMessage message = lane.Message(delivered: 4);
        await lane.ProcessAsync(message);
        handled.ShouldBe(0);
        lane.Redeliver(message);
        lane.Connection.Answer = request => Answer(request, ref note, _ => RecordingConnection.Json(Lane.Stored));
        await lane.ProcessAsync(message);
        lane.DeadLetters.ShouldBeEmpty(string.Join("; ", lane.Settlements));
        handled.ShouldBe(1);
    }

    // The handler has run to its end; what could not be had is the note's deletion and the ack (outage).
    [Fact]
    public async Task NoteNotErased_MessageComesAgain_IsNotADeadLetter()
    {
        string? note = null;
        int handled = 0;
        Lane lane = new Lane().Handle(_ =>
        {
            handled++;
            return Outcome.Ack;
        });
        lane.Connection.Answer = request => Answer(request, ref note, _ => RecordingConnection.Json(Lane.Stored), forgets: false);
        InboundMessage message = lane.Message(delivered: 4);
        await lane.ProcessAsync(message);
        handled.ShouldBe(1);
        lane.Redeliver(message); // its ack was lost
        await lane.ProcessAsync(message);
        lane.DeadLetters.ShouldBeEmpty(string.Join("; ", lane.Settlements));
    }

    // From then on others run beside it, and a crash is not its.
    [Fact]
    public async Task TrialLongerThanItIsAlone_NoteIsErasedBeforeItsEnd()
    {
        string? note = null;
        var go = new TaskCompletionSource();
        Lane lane = new Lane().Handle(async (_, _) =>
        {
            await go.Task;
            return Outcome.Ack;
        });
        lane.Time.HasTimers = true;
        lane.Connection.Answer = request => Answer(request, ref note, _ => RecordingConnection.Json(Lane.Stored));
        ValueTask<bool> trial = lane.ProcessAsync(lane.Message(delivered: 4));
        note.ShouldNotBeNull();
        lane.Time.Advance(TimeSpan.FromSeconds(30));
        note.ShouldBeNull();
        go.SetResult();
        (await trial).ShouldBeTrue();
    }

    private static NatsReply Answer(Sent request, ref string? note, Func<Sent, NatsReply> confirm, bool forgets = true)
    {
        switch (request.Subject)
        {
            case "$JS.API.STREAM.MSG.GET.orders-dead-letters":
                string wanted = JsonDocument.Parse(request.Payload).RootElement.GetProperty("last_by_subj").GetString()!;
                return RecordingConnection.Json(wanted == note
                    ? """{"message":{"seq":7}}"""
                    : """{"error":{"code":404,"err_code":10037,"description":"no message found"}}""");
            case "$JS.API.STREAM.MSG.DELETE.orders-dead-letters":
                if (!forgets)
                    return NatsReply.None(NatsReplyStatus.Disconnected, request.Subject);
                note = null;
                return RecordingConnection.Json("""{"success":true}""");
            case var subject when subject.StartsWith("dead-letters.orders.$alone.", StringComparison.Ordinal):
                note = request.Subject;
                return confirm(request);
            default:
                return RecordingConnection.Json(Lane.Stored);
        }
    }
}
