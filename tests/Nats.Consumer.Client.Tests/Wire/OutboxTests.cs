using System.Text;
using Nats.Consumer.Client.Tests.Support;
using Nats.Consumer.Client.Wire;

namespace Nats.Consumer.Client.Tests.Wire;

public sealed class OutboxTests
{
    private readonly ManualTime _time = new();
    private readonly Outbox _outbox;

    public OutboxTests() => _outbox = new Outbox(64 * 1024, TimeSpan.FromSeconds(30), _time);

    [Fact]
    public async Task Messages_Queued_AreTakenInOrderAndOnce()
    {
        _outbox.Resume([]);
        for (int i = 0; i < 5; i++)
            await _outbox.Put($"{i}");
        _outbox.Take().ShouldBe(["0", "1", "2", "3", "4"]);
        _outbox.Take().ShouldBeEmpty();
        await _outbox.Put("5");
        _outbox.Take().ShouldBe(["5"]);
    }

    [Fact]
    public async Task Messages_BeforeTheFirstConnect_WaitAndFollowTheSubscriptions()
    {
        await _outbox.Put("early");
        _outbox.Take().ShouldBeEmpty();
        _outbox.Resume("SUB x 1\r\n"u8);
        _outbox.Take().ShouldBe(["SUB x 1", "early"]);
    }

    [Fact]
    public void Commands_WhileAway_AreRefused()
    {
        _outbox.WriteCommand("PONG\r\n"u8);
        _outbox.Resume([]);
        _outbox.Take().ShouldBeEmpty();
    }

    [Fact]
    public async Task Messages_ThatBelongToALostConnection_AreDroppedAndTheOthersKept()
    {
        _outbox.Resume([]);
        await _outbox.Put("before");
        await _outbox.Put("pull", dropOnDisconnect: true);
        _outbox.WriteCommand("PING\r\n"u8);
        await _outbox.Put("between", TimeSpan.FromMinutes(1));
        await _outbox.Put("request", TimeSpan.FromMinutes(1), dropOnDisconnect: true);
        await _outbox.Put("after");
        _outbox.Pause();
        await _outbox.Put("pull again", dropOnDisconnect: true);
        _outbox.Resume("SUB x 1\r\n"u8);
        _outbox.Take().ShouldBe(["SUB x 1", "before", "between", "after", "pull again"]);
    }

    [Fact]
    public async Task Messages_TakenWhenTheConnectionBreaks_AreNotSentAgain()
    {
        _outbox.Resume([]);
        await _outbox.Put("on the way");
        _outbox.Take().ShouldBe(["on the way"]);
        await _outbox.Put("pull", dropOnDisconnect: true);
        await _outbox.Put("queued");
        _outbox.Pause();
        _outbox.Resume([]);
        _outbox.Take().ShouldBe(["queued"]);
    }

    [Fact]
    public async Task Messages_Expired_AreNotSentAndCounted()
    {
        await _outbox.Put("1 s", TimeSpan.FromSeconds(1));
        await _outbox.Put("for ever");
        await _outbox.Put("3 s", TimeSpan.FromSeconds(3));
        await _outbox.Put("2 s", TimeSpan.FromSeconds(2), dropOnDisconnect: true);
        _time.Advance(TimeSpan.FromSeconds(2));
        _outbox.Resume([]).ShouldBe(2);
        _outbox.Take().ShouldBe(["for ever", "3 s"]);
    }

    [Fact]
    public async Task Message_WithTheLongestTimeToSend_DoesNotExpire()
    {
        await _outbox.Put("kept", TimeSpan.MaxValue);
        _time.Advance(TimeSpan.FromDays(1));
        _outbox.Resume([]).ShouldBe(0);
        _outbox.Take().ShouldBe(["kept"]);
    }

    [Fact]
    public async Task Message_WithHeadersAndReply_IsWrittenAsHpub()
    {
        _outbox.Resume([]);
        var headers = new NatsHeaders { { "A", "1" }, { "Größe", "ü" } };
        await _outbox.PublishAsync(new OutgoingMessage { Subject = "s"u8, ReplyTo = "r"u8, Headers = headers, Payload = "hi"u8 }, default);
        _outbox.TryTake(out ReadOnlyMemory<byte> batch).ShouldBeTrue();
        Encoding.UTF8.GetString(batch.Span).ShouldBe("HPUB s r 31 33\r\nNATS/1.0\r\nA: 1\r\nGröße: ü\r\n\r\nhi\r\n");
    }

    [Theory]
    [InlineData("", "PUB s 0\r\n\r\n")]
    [InlineData("payload", "PUB s 7\r\npayload\r\n")]
    public async Task Message_Plain_IsWrittenAsPub(string payload, string wire)
    {
        _outbox.Resume([]);
        await _outbox.PublishAsync(new OutgoingMessage { Subject = "s"u8, Payload = Encoding.UTF8.GetBytes(payload) }, default);
        _outbox.TryTake(out ReadOnlyMemory<byte> batch).ShouldBeTrue();
        Encoding.UTF8.GetString(batch.Span).ShouldBe(wire);
    }

    [Fact]
    public async Task Sender_Waiting_IsWokenByAMessage()
    {
        _outbox.Resume([]);
        _outbox.Wait();
        _outbox.Wait(TimeSpan.Zero).ShouldBeFalse();
        await _outbox.Put("x");
        _outbox.Wait(TimeSpan.Zero).ShouldBeTrue();
        _outbox.Take().ShouldBe(["x"]);
    }

    [Fact]
    public void Outbox_Closed_RefusesMessagesWithTheReason()
    {
        _outbox.Close(new NatsConnectionException("it was disposed."));
        Should.Throw<NatsConnectionException>(() => _outbox.Put("x").AsTask()).Message.ShouldBe("The connection is closed: it was disposed.");
    }
}
