using Nats.Consumer.Client;
using Nats.Consumer.JetStream;
using Nats.Consumer.Tests.Fakes;

namespace Nats.Consumer.Tests.JetStream.Publishing;

public class PublishHeadersTests
{
    private static readonly RecordingConnection Newest = new();

    [Fact]
    public void From_EveryOption_IsItsHeader()
    {
        NatsHeaders headers = PublishHeaders.From(
            new PublishOptions
            {
                Headers = new NatsHeaders { { "trace", "1" }, { "Nats-Msg-Id", "replaced" } },
                MessageId = "m1",
                ExpectedStream = "orders",
                ExpectedLastSequence = 0,
                ExpectedLastSubjectSequence = ulong.MaxValue,
                ExpectedLastMessageId = "m0",
                TimeToLive = TimeSpan.FromSeconds(1.2),
            },
            Newest)!;
        headers.Select(header => $"{header.Key}={header.Value}").ShouldBe(
        [
            "trace=1", "Nats-Msg-Id=m1", "Nats-Expected-Stream=orders", "Nats-Expected-Last-Sequence=0", "Nats-Expected-Last-Subject-Sequence=18446744073709551615",
            "Nats-Expected-Last-Msg-Id=m0", "Nats-TTL=2",
        ]);
    }

    [Fact]
    public void From_NoOptions_IsNothingOfOurs()
    {
        PublishHeaders.From(null, Newest).ShouldBeNull();
        PublishHeaders.From(new PublishOptions(), Newest).ShouldBeNull();
        var own = new NatsHeaders { { "a", "b" } };
        PublishHeaders.From(new PublishOptions { Headers = own }, Newest).ShouldBeSameAs(own);
    }

    [Fact]
    public void From_HeadersOfTheCaller_AreNotChanged()
    {
        var own = new NatsHeaders { { "a", "b" } };
        PublishHeaders.From(new PublishOptions { Headers = own, MessageId = "x" }, Newest)!.Count.ShouldBe(2);
        own.Count.ShouldBe(1);
    }

    [Fact]
    public void From_TimeToLiveForEver_IsNever() =>
        PublishHeaders.From(new PublishOptions { TimeToLive = Timeout.InfiniteTimeSpan }, Newest)!["Nats-TTL"].ShouldBe("never");

    [Theory]
    [InlineData(0)]
    [InlineData(999)]
    [InlineData(-2000)]
    public void From_TimeToLiveBelowASecond_IsRefused(int milliseconds) =>
        Should.Throw<ArgumentOutOfRangeException>(() => PublishHeaders.From(new PublishOptions { TimeToLive = TimeSpan.FromMilliseconds(milliseconds) }, Newest))
            .ParamName.ShouldBe("TimeToLive");

    [Fact]
    public void From_TimeToLiveOnAnOldServer_IsRefusedBeforeItIsSent()
    {
        var old = new RecordingConnection { ServerInfo = RecordingConnection.Version("2.10.27") };
        Should.Throw<JetStreamException>(() => PublishHeaders.From(new PublishOptions { TimeToLive = TimeSpan.FromHours(1) }, old)).Message.ShouldBe(
            "nats-server 'fake' (2.10.27) does not know a time to live for a message and would keep it. Use 2.11 or later, or the MaxAge of the stream.");
    }

    [Fact]
    public void From_EmptyMessageId_IsRefused() => Should.Throw<ArgumentException>(() => PublishHeaders.From(new PublishOptions { MessageId = "" }, Newest));
}
