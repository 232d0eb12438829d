using Microsoft.Extensions.Logging;
using Nats.Consumer.Tests.Fakes;

namespace Nats.Consumer.Tests.Consuming;

/// <summary>Which bytes settle which outcome.</summary>
public class SettlementTests
{
    [Fact]
    public async Task ProcessAsync_Ack_SendsAckToTheReplySubject()
    {
        Lane lane = new Lane().Handle(_ => Outcome.Ack);
        (await lane.ProcessAsync()).ShouldBeTrue();
        Sent sent = lane.Connection.All.ShouldHaveSingleItem();
        sent.Payload.ShouldBe("+ACK");
        sent.Subject.ShouldBe("$JS.ACK.orders.billing.1.1.101.1767323045000000000.7");
        sent.ReplyTo.ShouldBeEmpty();
        sent.Headers.ShouldBeNull();
    }

    [Theory]
    [InlineData(1, "-NAK {\"delay\":1000000000}")]
    [InlineData(2, "-NAK {\"delay\":7000000000}")]
    public async Task ProcessAsync_Retry_NaksWithTheDelayOfThePolicy(int delivered, string settlement)
    {
        Lane lane = new Lane().Handle(_ => Outcome.Retry);
        (await lane.ProcessAsync(delivered: delivered)).ShouldBeTrue();
        lane.Settlements.ShouldBe([settlement]);
    }

    [Theory]
    [InlineData(0, "-NAK")]
    [InlineData(1, "-NAK {\"delay\":100}")]
    [InlineData(600_000_000L, "-NAK {\"delay\":60000000000}")]
    [InlineData(long.MaxValue, "-NAK {\"delay\":3153600000000000000}")]
    public async Task ProcessAsync_RetryAfter_NaksWithExactlyThisDelay(long ticks, string settlement)
    {
        Lane lane = new Lane().Handle(_ => Outcome.RetryAfter(TimeSpan.FromTicks(ticks)));
        await lane.ProcessAsync();
        lane.Settlements.ShouldBe([settlement]);
    }

    [Fact]
    public async Task ProcessAsync_Exception_NaksAndLogsIt()
    {
        var error = new InvalidOperationException("no database");
        Lane lane = new Lane().Handle(_ => throw error);
        await lane.ProcessAsync();
        lane.Settlements.ShouldBe(["-NAK {\"delay\":1000000000}"]);
        lane.Log.Entries.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            entry => entry.Level.ShouldBe(LogLevel.Warning),
            entry => entry.Exception.ShouldBeSameAs(error),
            entry => entry.Text.ShouldBe("Attempt 1 of 3 at message 1 ('orders.created') of stream 'orders' failed; next in 00:00:01."));
    }

    [Fact]
    public async Task ProcessAsync_JitteredPolicy_UsesTheRandomNumber()
    {
        Lane lane = new Lane(new StubConsumer { Backoff = [] }) { Random = 0 }.Handle(_ => Outcome.Retry);
        await lane.ProcessAsync();
        lane.Settlements.ShouldBe(["-NAK {\"delay\":800000000}"]);
    }

    [Theory]
    [InlineData("2.9.10", "+TERM")] // a reason makes it ignore the whole command
    [InlineData("2.10.3", "+TERM")]
    [InlineData("2.10.4", "+TERM of no interest")]
    [InlineData("2.15.0", "+TERM of no interest")]
    [InlineData(null, "+TERM")]
    public async Task ProcessAsync_Drop_TerminatesWithTheReasonWhereTheServerUnderstandsIt(string? server, string settlement)
    {
        Lane lane = new Lane().Handle(_ => Outcome.Drop("of no\ninterest"));
        lane.Connection.ServerInfo = server is null ? null : RecordingConnection.Version(server);
        await lane.ProcessAsync();
        lane.Settlements.ShouldBe([settlement]);
        lane.DeadLetters.ShouldBeEmpty();
    }

    [Fact]
    public async Task ProcessAsync_DropWithALongReason_CutsIt()
    {
        Lane lane = new Lane().Handle(_ => Outcome.Drop(new string('x', 100_000)));
        await lane.ProcessAsync();
        lane.Settlements.ShouldBe([$"+TERM {new string('x', 500)}…"]);
    }

    [Fact]
    public async Task ProcessAsync_Settlement_IsWorthSendingAsLongAsTheAckWaitLasts()
    {
        Lane lane = new Lane();
        lane.Handle(_ =>
        {
            lane.Time.Advance(TimeSpan.FromSeconds(12));
            return Outcome.Ack;
        });
        await lane.ProcessAsync();
        lane.Connection.All.Single().TimeToSend.ShouldBe(TimeSpan.FromSeconds(18));
    }

    [Fact]
    public async Task ProcessAsync_HandlerSlowerThanTheAckWait_IsNotWorthWaitingFor()
    {
        Lane lane = new Lane();
        lane.Handle(_ =>
        {
            lane.Time.Advance(TimeSpan.FromMinutes(1));
            return Outcome.Ack;
        });
        await lane.ProcessAsync();
        lane.Connection.All.Single().TimeToSend.ShouldBe(TimeSpan.FromTicks(1));
    }

    [Fact]
    public async Task ProcessAsync_SettlementFails_IsLoggedAndDoesNotThrow()
    {
        Lane lane = new Lane().Handle(_ => Outcome.Ack);
        lane.Connection.OnPublish = _ => throw new Client.NatsConnectionException("closed");
        (await lane.ProcessAsync()).ShouldBeFalse("it comes again");
        lane.Log.Entries.ShouldHaveSingleItem().Text.ShouldBe("Message 1 of stream 'orders' could not be settled; the server delivers it again after the ack wait.");
    }
}
