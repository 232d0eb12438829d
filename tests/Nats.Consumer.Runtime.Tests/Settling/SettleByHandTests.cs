using Nats.Consumer.Client;
using Nats.Consumer.Consuming;
using Nats.Consumer.JetStream;
using Nats.Consumer.Tests.Fakes;

namespace Nats.Consumer.Tests.Settling;

public class SettleByHandTests
{
    [Fact]
    public async Task ProcessAsync_HandlerSettles_IsRespectedWhateverItReturns()
    {
        Lane lane = new Lane().Handle(async (message, cancellationToken) =>
        {
            await message.NakAsync(TimeSpan.FromSeconds(3), cancellationToken);
            message.IsSettled.ShouldBeTrue();
            return Outcome.DeadLetter("not heard");
        });
        await lane.ProcessAsync();
        lane.Settlements.ShouldBe(["-NAK {\"delay\":3000000000}"]);
        lane.DeadLetters.ShouldBeEmpty();
    }

    [Fact]
    public async Task ProcessAsync_HandlerSettlesAndFails_IsLogged()
    {
        var error = new InvalidOperationException("afterwards");
        Lane lane = new Lane().Handle(async (message, cancellationToken) =>
        {
            await message.AckAsync(cancellationToken);
            throw error;
        });
        await lane.ProcessAsync();
        lane.Settlements.ShouldBe(["+ACK"]);
        LogEntry entry = lane.Log.Entries.ShouldHaveSingleItem();
        entry.Exception.ShouldBeSameAs(error);
        entry.Text.ShouldBe("A handler failed with message 1 ('orders.created') of stream 'orders' after it had settled it; the settlement stands.");
    }

    [Fact]
    public async Task AckAsync_Twice_IsLoggedAndDoesNothing()
    {
        Lane lane = new Lane();
        var context = new MessageContext(lane.Message());
        await context.AckAsync();
        await context.TermAsync("too late");
        await context.AckSyncAsync();
        lane.Settlements.ShouldBe(["+ACK"]);
        lane.Log.Entries.Select(entry => entry.Text).ShouldBe(
            Enumerable.Repeat("Message 1 of stream 'orders' was settled twice; the second time did nothing.", 2));
    }

    [Fact]
    public async Task NakAsync_NoDelay_IsABareNak()
    {
        Lane lane = new Lane();
        await new MessageContext(lane.Message()).NakAsync();
        await new MessageContext(lane.Message()).NakAsync(TimeSpan.FromSeconds(-1));
        lane.Settlements.ShouldBe(["-NAK", "-NAK"]);
    }

    [Fact]
    public async Task InProgressAsync_BeforeAndAfterSettling_IsSentBeforeOnly()
    {
        Lane lane = new Lane();
        var context = new MessageContext(lane.Message());
        await context.InProgressAsync();
        await context.InProgressAsync();
        await context.AckAsync();
        await context.InProgressAsync();
        lane.Settlements.ShouldBe(["+WPI", "+WPI", "+ACK"]);
    }

    [Fact]
    public async Task AckSyncAsync_Confirmed_IsARequest()
    {
        Lane lane = new Lane();
        await new MessageContext(lane.Message()).AckSyncAsync();
        lane.Connection.Requested.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            sent => sent.Payload.ShouldBe("+ACK"),
            sent => sent.Subject.ShouldBe("$JS.ACK.orders.billing.1.1.101.1767323045000000000.7"));
    }

    [Fact]
    public async Task AckSyncAsync_NotConfirmed_ThrowsAndMayBeTriedAgain()
    {
        Lane lane = new Lane();
        lane.Connection.Answer = request => NatsReply.None(NatsReplyStatus.TimedOut, request.Subject);
        var context = new MessageContext(lane.Message());
        await Should.ThrowAsync<NatsTimeoutException>(() => context.AckSyncAsync().AsTask());
        context.IsSettled.ShouldBeFalse();
        await context.NakAsync();
        lane.Settlements.ShouldBe(["+ACK", "-NAK"]);
    }

    [Fact]
    public async Task AckAsync_ReplySubjectLongerThanTheStackBuffer_IsSentWhole()
    {
        string reply = $"$JS.ACK.{new string('s', 255)}.{new string('c', 255)}.1.2.3.4.5";
        Lane lane = new Lane();
        var message = new InboundMessage();
        byte[] utf8 = System.Text.Encoding.UTF8.GetBytes(reply);
        AckSubject.TryParse(utf8, out AckSubject ack).ShouldBeTrue();
        message.Fill(new ReceivedMessage("a"u8, utf8, default, default), ack, lane.Context, lane.Time.GetTimestamp());
        await new MessageContext(message).AckAsync();
        lane.Connection.All.Single().Subject.ShouldBe(reply);
    }
}
