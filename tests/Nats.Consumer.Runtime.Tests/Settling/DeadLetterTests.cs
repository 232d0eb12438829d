using Nats.Consumer.Client;
using Nats.Consumer.Tests.Fakes;

namespace Nats.Consumer.Tests.Settling;

public class DeadLetterTests
{
    [Fact]
    public async Task ProcessAsync_DeadLetter_StoresTheCopyBeforeItTerminates()
    {
        Lane lane = new Lane().Handle(_ => Outcome.DeadLetter("broken"));
        await lane.ProcessAsync(payload: "the payload");
        lane.Connection.All.Count.ShouldBe(2);
        lane.Connection.All[0].ShouldSatisfyAllConditions(
            copy => copy.IsRequest.ShouldBeTrue(),
            copy => copy.Subject.ShouldBe("dead-letters.orders.billing.orders.created"),
            copy => copy.Payload.ShouldBe("the payload"));
        lane.Connection.All[1].Payload.ShouldBe("+TERM broken");
    }

    [Fact]
    public async Task ProcessAsync_DeadLetter_SaysWhatHappened()
    {
        Lane lane = new Lane().Handle(_ => throw new InvalidOperationException("line one\nline two"));
        await lane.ProcessAsync(delivered: 3);
        NatsHeaders headers = lane.DeadLetters.Single().Headers!;
        headers["Nats-Msg-Id"].ShouldBe("dead-letter:orders:billing:1:1767323045000000000");
        headers["Dead-Letter-Stream"].ShouldBe("orders");
        headers["Dead-Letter-Consumer"].ShouldBe("billing");
        headers["Dead-Letter-Subject"].ShouldBe("orders.created");
        headers["Dead-Letter-Sequence"].ShouldBe("1");
        headers["Dead-Letter-Deliveries"].ShouldBe("3");
        headers["Dead-Letter-Stored"].ShouldBe("2026-01-02T03:04:05.0000000+00:00");
        headers["Dead-Letter-Time"].ShouldBe("2026-01-02T03:04:05.0000000+00:00");
        headers["Dead-Letter-Reason"].ShouldBe("line one ⏎ line two");
        headers["Dead-Letter-Host"].ShouldBe(Environment.MachineName);
        headers["Dead-Letter-Error"].ShouldBe("System.InvalidOperationException");
        headers["Dead-Letter-Stack"].ShouldStartWith("System.InvalidOperationException: line one ⏎ line two ⏎ ");
    }

    [Fact]
    public async Task ProcessAsync_SameMessageTwice_HasTheSameId()
    {
        Lane lane = new Lane().Handle(_ => Outcome.DeadLetter("broken"));
        Consumer.Consuming.InboundMessage message = lane.Message();
        await lane.ProcessAsync(message);
        await lane.ProcessAsync(message);
        await lane.ProcessAsync();
        lane.DeadLetters.Select(copy => copy.Headers!["Nats-Msg-Id"]).Distinct().ShouldBe(["dead-letter:orders:billing:1:1767323045000000000", "dead-letter:orders:billing:2:1767323045000000000"]);
    }

    [Fact]
    public async Task ProcessAsync_ControlHeaders_AreRenamed()
    {
        Lane lane = new Lane().Handle(_ => Outcome.DeadLetter("broken"));
        await lane.ProcessAsync(headers: "NATS/1.0\r\nNats-Msg-Id: 7\r\nnats-ttl: 1s\r\nNats-Rollup: all\r\nMine: x\r\nMine: y\r\n\r\n");
        NatsHeaders headers = lane.DeadLetters.Single().Headers!;
        headers.Where(header => header.Key.StartsWith("nats-", StringComparison.OrdinalIgnoreCase)).Select(header => header.Key).ShouldBe(["Nats-Msg-Id"]);
        headers["Original-Nats-Msg-Id"].ShouldBe("7");
        headers["Original-nats-ttl"].ShouldBe("1s");
        headers["Original-Nats-Rollup"].ShouldBe("all");
        headers.GetValues("Mine").ShouldBe(["x", "y"]);
    }

    [Fact]
    public async Task ProcessAsync_HeadersThatOursWouldRefuse_DoNotKeepTheCopyBack()
    {
        Lane lane = new Lane().Handle(_ => Outcome.DeadLetter("broken"));
        await lane.ProcessAsync(headers: "NATS/1.0\r\nMy Header\t: a\rb\r\nNats- x: 1\r\n\r\n");
        NatsHeaders headers = lane.DeadLetters.Single().Headers!;
        headers["My_Header_"].ShouldBe("a b");
        headers["Original-Nats-_x"].ShouldBe("1");
    }

    [Fact]
    public async Task ProcessAsync_LongReason_IsCut()
    {
        Lane lane = new Lane().Handle(_ => Outcome.DeadLetter(new string('x', 999) + "😀" + new string('y', 100)));
        await lane.ProcessAsync();
        lane.DeadLetters.Single().Headers!["Dead-Letter-Reason"].ShouldBe(new string('x', 999) + "…"); // not half of a character
    }

    [Fact]
    public async Task ProcessAsync_LongStack_IsCut()
    {
        Lane lane = new Lane().Handle(_ => throw new InvalidOperationException(new string('x', 100_000)));
        await lane.ProcessAsync(delivered: 3);
        lane.DeadLetters.Single().Headers!["Dead-Letter-Stack"]!.Length.ShouldBe(4_001);
    }

    [Theory]
    [InlineData("""{"error":{"code":503,"err_code":10077,"description":"maximum messages exceeded"}}""")]
    [InlineData("""{"stream":"other","seq":1}""")]
    [InlineData("not a stream")]
    [InlineData(null)]
    public async Task ProcessAsync_CopyIsNotStored_ComesBackLater(string? answer)
    {
        Lane lane = new Lane().Handle(_ => throw new InvalidOperationException());
        lane.Connection.Answer = request => answer is null ? NatsReply.None(NatsReplyStatus.TimedOut, request.Subject) : RecordingConnection.Json(answer);
        await lane.ProcessAsync(delivered: 3);
        await lane.ProcessAsync(delivered: 4);
        await lane.ProcessAsync(delivered: 6);
        lane.Settlements.ShouldBe(["-NAK {\"delay\":1000000000}", "-NAK {\"delay\":2000000000}", "-NAK {\"delay\":8000000000}"]);
        lane.Log.Entries.Count(entry => entry.Text.StartsWith("Message 1 of stream 'orders' could not be stored as a dead letter; it is tried again in 00:00:01.", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task ProcessAsync_CopyWasStoredBefore_Terminates()
    {
        Lane lane = new Lane().Handle(_ => Outcome.DeadLetter("broken"));
        lane.Connection.Answer = _ => RecordingConnection.Json("""{"stream":"orders-dead-letters","seq":1,"duplicate":true}""");
        await lane.ProcessAsync();
        lane.Settlements.ShouldBe(["+TERM broken"]);
    }
}
