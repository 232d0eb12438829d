using Nats.Consumer.Client.Tests.Support;
using Nats.Consumer.Client.Wire;

namespace Nats.Consumer.Client.Tests.Wire;

public sealed class OutboxBackPressureTests
{
    private static readonly string Much = new('x', 1000);
    private readonly ManualTime _time = new();
    private readonly Outbox _outbox;

    public OutboxBackPressureTests() => _outbox = new Outbox(1000, TimeSpan.FromSeconds(30), _time);

    [Fact]
    public async Task Publish_WithTheOutboxFull_WaitsUntilThereIsRoom()
    {
        _outbox.Resume([]);
        await _outbox.Put(Much);
        Task waiting = _outbox.Put("next").AsTask();
        waiting.IsCompleted.ShouldBeFalse();
        _outbox.Take().ShouldBe([Much]);
        await waiting.WithinDeadline();
        _outbox.Take().ShouldBe(["next"]);
    }

    [Fact]
    public async Task Publishers_Many_AllGetThroughInTheEnd()
    {
        _outbox.Resume([]);
        await _outbox.Put(Much);
        Task[] waiting = [.. Enumerable.Range(0, 20).Select(i => _outbox.Put($"{i}{Much}").AsTask())];
        var taken = new List<string>();
        await Soon.HoldsAsync(
            () =>
            {
                taken.AddRange(_outbox.Take());
                return waiting.All(task => task.IsCompletedSuccessfully);
            },
            "all publishers get through");
        taken.AddRange(_outbox.Take());
        taken.Order().ShouldBe(Enumerable.Range(0, 20).Select(i => $"{i}{Much}").Append(Much).Order());
    }

    [Fact]
    public async Task Publish_CancelledWhileWaiting_IsNotQueued()
    {
        using var cancel = new CancellationTokenSource();
        await _outbox.Put(Much);
        Task waiting = _outbox.Put("never", cancellationToken: cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(waiting.WithinDeadline());
        _outbox.Resume([]);
        _outbox.Take().ShouldBe([Much]);
    }

    [Fact]
    public async Task Publish_WhileAwayForTooLong_FailsWithTheFigures()
    {
        await _outbox.Put(Much);
        Task waiting = _outbox.Put("late").AsTask();
        _time.Advance(TimeSpan.FromSeconds(29));
        waiting.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(1));
        NatsConnectionException e = await Should.ThrowAsync<NatsConnectionException>(waiting.WithinDeadline());
        e.Message.ShouldContain("away for 30 s");
        e.Message.ShouldContain("1,014 bytes");
        e.Message.ShouldContain("was not queued");
    }

    [Fact]
    public async Task Publish_WhileConnected_WaitsHoweverLongItTakes()
    {
        _outbox.Resume([]);
        await _outbox.Put(Much);
        Task waiting = _outbox.Put("patient").AsTask();
        for (int minute = 0; minute < 10; minute++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        waiting.IsFaulted.ShouldBeFalse();
        _outbox.Take().ShouldBe([Much]);
        await waiting.WithinDeadline();
        _outbox.Take().ShouldBe(["patient"]);
    }

    [Fact]
    public async Task Publish_WaitingWhenTheOutboxCloses_Fails()
    {
        await _outbox.Put(Much);
        Task waiting = _outbox.Put("late").AsTask();
        _outbox.Close(new NatsConnectionException("it was disposed."));
        (await Should.ThrowAsync<NatsConnectionException>(waiting.WithinDeadline())).Message.ShouldContain("it was disposed");
    }

    [Fact]
    public async Task Publish_WaitingWhenADisconnectMakesRoom_IsQueued()
    {
        _outbox.Resume([]);
        await _outbox.Put(Much, dropOnDisconnect: true);
        Task waiting = _outbox.Put("next").AsTask();
        _outbox.Pause();
        await waiting.WithinDeadline();
        _outbox.Resume([]);
        _outbox.Take().ShouldBe(["next"]);
    }

    [Fact]
    public async Task Publish_OfTheLostConnectionWaitingForRoom_IsDroppedToo()
    {
        _outbox.Resume([]);
        await _outbox.Put(Much, dropOnDisconnect: true);
        Task waiting = _outbox.Put("pull", dropOnDisconnect: true).AsTask();
        _outbox.Pause();
        await waiting.WithinDeadline();
        _outbox.Resume([]);
        _outbox.Take().ShouldBeEmpty();
    }

    [Fact]
    public async Task Publish_WhoseTimeToSendEndsWhileItWaits_IsDropped()
    {
        _outbox.Resume([]);
        await _outbox.Put(Much);
        Task waiting = _outbox.Put("ack", TimeSpan.FromSeconds(5)).AsTask();
        waiting.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(5));
        await waiting.WithinDeadline();
        _outbox.Take().ShouldBe([Much]);
        _outbox.Take().ShouldBeEmpty();
    }

    [Fact]
    public async Task Publish_HeldUpLongBeforeAShortOutage_IsNotToldOfALongOne()
    {
        _outbox.Resume([]);
        await _outbox.Put(Much);
        Task waiting = _outbox.Put("next").AsTask();
        _time.Advance(TimeSpan.FromSeconds(29));
        _outbox.Pause();
        _time.Advance(TimeSpan.FromSeconds(2));
        _outbox.Resume([]);
        _outbox.Take().ShouldBe([Much]);
        await waiting.WithinDeadline();
        _outbox.Take().ShouldBe(["next"]);
    }
}
