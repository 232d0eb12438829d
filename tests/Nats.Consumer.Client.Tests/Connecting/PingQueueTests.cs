using Nats.Consumer.Client.Connecting;
using Nats.Consumer.Client.Tests.Support;
using Nats.Consumer.Client.Wire;

namespace Nats.Consumer.Client.Tests.Connecting;

public sealed class PingQueueTests
{
    private readonly Outbox _outbox = new(64 * 1024, TimeSpan.FromSeconds(30), new ManualTime());
    private readonly PingQueue _pings;

    public PingQueueTests() => _pings = new PingQueue(_outbox);

    [Fact]
    public async Task Pongs_Arriving_AnswerThePingsInOrder()
    {
        _outbox.Resume([]);
        _pings.Open();
        Task first = _pings.PingAsync();
        Task second = _pings.PingAsync();
        _outbox.Take().ShouldBe(["PING", "PING"]);
        _pings.OnPong();
        await first.WithinDeadline();
        second.IsCompleted.ShouldBeFalse();
        _pings.OnPong();
        await second.WithinDeadline();
    }

    [Fact]
    public void Pong_NobodyAskedFor_IsIgnored()
    {
        _pings.OnPong();
        _pings.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Pings_OnTheWayWhenTheConnectionBreaks_FailAndTheNextSessionStartsAfresh()
    {
        _outbox.Resume([]);
        _pings.Open();
        Task lost = _pings.PingAsync();
        _outbox.Pause();
        _pings.Fail(new NatsConnectionException("cut"));
        (await Should.ThrowAsync<NatsConnectionException>(lost.WithinDeadline())).Message.ShouldBe("cut");
        (await Should.ThrowAsync<NatsConnectionException>(_pings.PingAsync().WithinDeadline())).Message.ShouldBe("cut");

        _outbox.Resume([]);
        _pings.Open();
        Task next = _pings.PingAsync();
        _outbox.Take().ShouldBe(["PING"]);
        _pings.OnPong();
        await next.WithinDeadline();
    }

    [Fact]
    public async Task Ping_ThatCannotBeQueued_FailsInsteadOfWaitingForAnothersPong()
    {
        _pings.Open(); // the outbox is not open yet
        await Should.ThrowAsync<NatsConnectionException>(_pings.PingAsync().WithinDeadline());
        _pings.Count.ShouldBe(0);
    }
}
