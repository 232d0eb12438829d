using Nats.Consumer.Client.Tests.Support;
using Nats.Consumer.Client.Wire;

namespace Nats.Consumer.Client.Tests.Wire;

public sealed class OutboxCorkTests
{
    private readonly Outbox _outbox = new(1024 * 1024, TimeSpan.FromSeconds(30), new ManualTime());

    public OutboxCorkTests() => _outbox.Resume([]);

    [Fact]
    public async Task Outbox_Corked_HoldsBackUntilUncorked()
    {
        _outbox.Wait();
        _outbox.Cork();
        await _outbox.Put("1");
        _outbox.WriteCommand("PONG\r\n"u8);
        _outbox.Take().ShouldBeEmpty();
        _outbox.Wait(TimeSpan.Zero).ShouldBeFalse();
        _outbox.Uncork();
        _outbox.Wait(TimeSpan.Zero).ShouldBeTrue();
        _outbox.Take().ShouldBe(["1", "PONG"]);
    }

    [Fact]
    public async Task Outbox_CorkedTwice_IsReleasedByTheLast()
    {
        _outbox.Cork();
        _outbox.Cork();
        await _outbox.Put("1");
        _outbox.Uncork();
        _outbox.Take().ShouldBeEmpty();
        _outbox.Uncork();
        _outbox.Take().ShouldBe(["1"]);
    }

    [Fact]
    public async Task Outbox_CorkedWithMoreThanAPacketTrain_SendsAnyway()
    {
        _outbox.Wait();
        _outbox.Cork();
        _outbox.Wait(TimeSpan.Zero).ShouldBeFalse();
        await _outbox.Put(new string('x', 64 * 1024));
        _outbox.Wait(TimeSpan.Zero).ShouldBeTrue();
        _outbox.Take().Count.ShouldBe(1);
    }

    [Fact]
    public void Outbox_UncorkedWithNothingQueued_DoesNotWakeTheSender()
    {
        _outbox.Wait();
        _outbox.Cork();
        _outbox.Uncork();
        _outbox.Wait(TimeSpan.Zero).ShouldBeFalse();
    }
}
