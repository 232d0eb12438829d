using Nats.Consumer.Client;
using Nats.Consumer.Consuming;
using Nats.Consumer.Tests.Fakes;

namespace Nats.Consumer.Tests.Consuming;

/// <summary>What the server is told of deliveries in our hands; the ack wait is 30 s.</summary>
public class AckExtenderTests
{
    private readonly Lane _lane = new();
    private readonly InboundMessagePool _pool = new();
    private readonly AckExtender _extender;

    public AckExtenderTests() => _extender = new AckExtender(_pool, _lane.Connection, TimeSpan.FromMinutes(10), _lane.Time, _lane.Log);

    private int Extensions => _lane.Settlements.Count(verb => verb == "+WPI");

    [Fact]
    public void ExtendAll_FromAThirdOfTheAckWaitOn_ExtendsOnce()
    {
        Take();
        Pass(9.9);
        Extensions.ShouldBe(0);
        Pass(0.1);
        Extensions.ShouldBe(1);
        Pass(9.9);
        Extensions.ShouldBe(1);
        Pass(0.1);
        Extensions.ShouldBe(2);
    }

    [Fact]
    public void ExtendAll_ManyDeliveries_ExtendsThoseThatAreHeldAndOpen()
    {
        InboundMessage returned = Take(), settled = Take();
        Take();
        _pool.Return(returned);
        settled.TrySettle(settled.Generation).ShouldBeTrue();
        Pass(10);
        Extensions.ShouldBe(1);
    }

    [Fact]
    public void ExtendAll_Cap_EndsItAndSaysSoOnce()
    {
        InboundMessage message = Take();
        message.IsStarted = true;
        for (int i = 0; i < 100; i++)
            Pass(10);
        Extensions.ShouldBe(59, "10 minutes, in steps of 10 s");
        _lane.Log.Entries.ShouldHaveSingleItem().Text.ShouldStartWith("Message 1 of stream 'orders' has been in our hands for longer than MaxAckExtension (00:10:00)");
    }

    [Fact]
    public void ExtendAll_WaitingInALane_IsNotCountedAgainstTheCap()
    {
        Take().IsWaiting = true;
        for (int i = 0; i < 100; i++)
            Pass(10);
        Extensions.ShouldBe(100);
        _lane.Log.Entries.ShouldBeEmpty();
    }

    // The server has given it to somebody else: extending it would keep it from us and from them.
    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)] // whose handler runs anyhow may still be in time
    public void ExtendAll_AfterTheAckWait_LeavesAloneWhatIsNotStarted(bool isStarted, int extensions)
    {
        Take().IsStarted = isStarted;
        Pass(30);
        Extensions.ShouldBe(extensions);
    }

    [Fact]
    public async Task ExtendAll_AfterTheAckWait_DoesNotLetItStart()
    {
        bool called = false;
        _lane.Handle(_ =>
        {
            called = true;
            return Outcome.Ack;
        });
        InboundMessage message = Take();
        Pass(31);
        (await _lane.ProcessAsync(message)).ShouldBeFalse();
        called.ShouldBeFalse();
    }

    [Theory]
    [InlineData(NatsConnectionState.Reconnecting)]
    [InlineData(NatsConnectionState.Closed)]
    public void ExtendAll_NoConnection_WaitsForIt(NatsConnectionState state)
    {
        Take();
        _lane.Connection.State = state;
        Pass(10);
        Extensions.ShouldBe(0);
        _lane.Connection.State = NatsConnectionState.Connected;
        Pass(0);
        Extensions.ShouldBe(1);
    }

    // What was queued, or under way, when the connection broke may never have reached the server: it waits since the last one that did.
    [Fact]
    public async Task ExtendAll_CutOnTheWay_DoesNotCount()
    {
        bool called = false;
        _lane.Handle(_ =>
        {
            called = true;
            return Outcome.Ack;
        });
        InboundMessage message = Take();
        Pass(10);
        message.ExtendedAt.ShouldBe(_lane.Time.GetTimestamp(), "the server has answered what came behind it");
        long heard = message.ExtendedAt;
        _lane.Connection.Flushed = new NatsConnectionException("cut");
        Pass(15);
        Extensions.ShouldBe(2);
        message.ExtendedAt.ShouldBe(heard);
        Pass(15);
        (await _lane.ProcessAsync(message)).ShouldBeFalse();
        called.ShouldBeFalse("the ack wait was over 30 s after the extension that was heard");
    }

    [Fact]
    public void ExtendAll_NotHeard_IsSentAgainAtTheNextLook()
    {
        Take();
        _lane.Connection.Flushed = new NatsConnectionException("cut");
        Pass(10);
        _lane.Connection.Flushed = null;
        Pass(5);
        Extensions.ShouldBe(2);
        Pass(5);
        Extensions.ShouldBe(2);
    }

    [Fact]
    public async Task InProgressAsync_CutOnTheWay_DoesNotCount()
    {
        InboundMessage message = Take();
        _lane.Time.Advance(TimeSpan.FromSeconds(20));
        long received = message.ExtendedAt;
        _lane.Connection.Flushed = new NatsConnectionException("cut");
        await new MessageContext(message).InProgressAsync();
        message.ExtendedAt.ShouldBe(received);
        _lane.Connection.Flushed = null;
        await new MessageContext(message).InProgressAsync();
        message.ExtendedAt.ShouldBe(_lane.Time.GetTimestamp());
    }

    // The server would forget the delay of a negative ack that "in progress" follows.
    [Fact]
    public async Task ExtendAll_SettledMeanwhile_IsNotOvertakenByTheSettlement()
    {
        InboundMessage message = Take();
        var context = new MessageContext(message);
        Task settling = Task.CompletedTask;
        _lane.Connection.OnPublish = sent =>
        {
            if (sent.Payload != "+WPI")
                return;
            settling = Task.Run(() => context.NakAsync(TimeSpan.FromSeconds(1)).AsTask());
            settling.Wait(TimeSpan.FromMilliseconds(100)).ShouldBeFalse("it has to wait");
        };
        Pass(10);
        await settling;
        _lane.Settlements.ShouldBe(["+WPI", "-NAK {\"delay\":1000000000}"]);
    }

    [Theory]
    [InlineData(30_000, "", 5000)]
    [InlineData(30_000, "600 6000", 100)]
    [InlineData(1, "", 1)]
    public void Tick_OfAckWait_IsASixthOfTheShortest(int ackWait, string backoff, int tick)
    {
        TimeSpan[] waits = [.. backoff.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(wait => TimeSpan.FromMilliseconds(int.Parse(wait, null)))];
        AckExtender.Tick(new AckDeadlines(TimeSpan.FromMilliseconds(ackWait), waits)).ShouldBe(TimeSpan.FromMilliseconds(tick));
    }

    private InboundMessage Take()
    {
        InboundMessage message = _pool.Rent();
        _lane.Fill(message);
        return message;
    }

    private void Pass(double seconds)
    {
        _lane.Time.Advance(TimeSpan.FromSeconds(seconds));
        _extender.ExtendAll();
    }
}
