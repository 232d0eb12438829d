using System.Text;
using Nats.Consumer.Client;
using Nats.Consumer.Tests.Fakes;

namespace Nats.Consumer.Tests.Prefixing;

public sealed class PrefixedConnectionTests : IAsyncDisposable
{
    private readonly RecordingConnection _wire = new();
    private readonly INatsConnection _connection;

    public PrefixedConnectionTests() => _connection = _wire.WithSubjectPrefix("p");

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    [Fact]
    public void WithSubjectPrefix_Twice_IsRefused() =>
        Should.Throw<ArgumentException>(() => _connection.WithSubjectPrefix("q")).Message.ShouldStartWith("The connection has the subject prefix 'p' already.");

    [Fact]
    public async Task Publish_SubjectReplyAndHeaders_AreTheServers()
    {
        var headers = new NatsHeaders
        {
            { "Nats-Expected-Stream", "orders" }, { "nats-expected-last-subject-sequence-subject", "orders.a" }, { "Nats-Msg-Id", "orders.a" }, { "Nats-Schedule-Target", "orders.later" }, { "Own", "orders" },
        };

        await _connection.PublishAsync("orders.a", "{}"u8, headers, replyTo: "answers.a");

        Sent sent = _wire.All.ShouldHaveSingleItem();
        (sent.Subject, sent.ReplyTo).ShouldBe(("p.orders.a", "p.answers.a"));
        sent.Headers!.Select(header => $"{header.Key}={header.Value}")
            .ShouldBe(["Nats-Expected-Stream=p-orders", "nats-expected-last-subject-sequence-subject=p.orders.a", "Nats-Msg-Id=orders.a", "Nats-Schedule-Target=p.orders.later", "Own=orders"]);
        headers["Nats-Expected-Stream"].ShouldBe("orders", "the caller's headers are the caller's");
    }

    [Theory]
    [InlineData("$JS.ACK.p-orders.billing.1.2.3.4.5")]
    [InlineData("$JS.FC.p-orders.billing.x")]
    [InlineData("_INBOX.a.b")]
    [InlineData("$SYS.REQ.SERVER.PING")]
    public async Task Publish_BackToTheServer_IsAsItCame(string subject)
    {
        await _connection.PublishAsync(subject, "+ACK"u8);
        await _connection.RequestAsync(subject, "+ACK"u8, TimeSpan.FromSeconds(1));
        _wire.All.Select(sent => sent.Subject).ShouldBe([subject, subject]);
    }

    [Fact]
    public async Task Publish_LongSubject_IsWhole()
    {
        string subject = string.Join('.', Enumerable.Repeat("token", 300));
        await _connection.PublishAsync(subject, []);
        await _connection.RequestAsync(subject, [], TimeSpan.FromSeconds(1));
        _wire.All.ShouldAllBe(sent => sent.Subject == $"p.{subject}");
    }

    [Theory]
    [InlineData("orders.>", "p.orders.>")]
    [InlineData("_INBOX.x.*", "_INBOX.x.*")]
    [InlineData("$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.orders.billing", "$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.p-orders.billing")]
    [InlineData("$JS.EVENT.ADVISORY.CONSUMER.*.*.*", "$JS.EVENT.ADVISORY.CONSUMER.*.*.*")]
    [InlineData("$JS.EVENT.>", "$JS.EVENT.>")]
    public async Task Subscribe_Subject_IsTheServers(string own, string there)
    {
        await using INatsSubscription subscription = await _connection.SubscribeAsync(own, new Sink());
        subscription.Subject.ShouldBe(own);
        _wire.Subscribed.ShouldBe([there]);
    }

    [Fact]
    public async Task Receive_Message_HasNoPrefixAndItsReplyNeither()
    {
        NatsMessage message = await ReceiveAsync("p.orders.a", "p.answers.a", "NATS/1.0\r\nNats-Stream: p-orders\r\nNats-Subject: p.orders.b\r\nNats-Msg-Id: p.orders\r\nOwn: p-orders\r\n\r\n");

        (message.Subject, message.ReplyTo).ShouldBe(("orders.a", "answers.a"));
        message.Headers!.Select(header => $"{header.Key}={header.Value}").ShouldBe(["Nats-Stream=orders", "Nats-Subject=orders.b", "Nats-Msg-Id=p.orders", "Own=p-orders"]);
    }

    [Fact]
    public async Task Receive_StatusOnAnInbox_IsAsItCame()
    {
        NatsMessage message = await ReceiveAsync("_INBOX.a", "", "NATS/1.0 408 Request Timeout\r\nNats-Pending-Messages: 1\r\n\r\n");
        (message.Subject, message.ReplyTo, message.Status.Code).ShouldBe(("_INBOX.a", null, 408));
    }

    [Fact]
    public async Task Receive_OutsideOfThePrefix_SaysSo()
    {
        NatsMessage message = await ReceiveAsync("orders.a", "$JS.ACK.p-orders.c.1.1.1.1.1", "");
        (message.Subject, message.ReplyTo).ShouldBe(("$outside.orders.a", "$JS.ACK.p-orders.c.1.1.1.1.1"));
    }

    // A custom inbox prefix is nobody's subject: replies go where the other side wants them.
    [Fact]
    public async Task Reply_ToAnInboxOfAnotherKind_GoesThere()
    {
        NatsMessage message = await ReceiveAsync("p.questions", "TENANT.inbox.7", "");
        await _connection.PublishAsync(message.ReplyTo!, "answer"u8);
        _wire.All.ShouldHaveSingleItem().Subject.ShouldBe("TENANT.inbox.7");
    }

    [Fact]
    public async Task Receive_Advisory_NamesTheApplicationsStream()
    {
        NatsMessage own = await ReceiveAsync("$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.p-orders.billing", "", "", """{"stream":"p-orders","consumer":"billing","stream_seq":7}""");
        own.Subject.ShouldBe("$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.orders.billing");
        Encoding.UTF8.GetString(own.Payload.Span).ShouldBe("""{"stream":"orders","consumer":"billing","stream_seq":7}""");

        NatsMessage others = await ReceiveAsync("$JS.EVENT.ADVISORY.STREAM.DELETED.q-orders", "", "", "not JSON");
        (others.Subject, Encoding.UTF8.GetString(others.Payload.Span)).ShouldBe(("$JS.EVENT.ADVISORY.STREAM.DELETED.$outside-q-orders", "not JSON"));
    }

    [Fact]
    public async Task Request_Answer_HasNoPrefixInItsHeaders()
    {
        var headers = new NatsHeaders { { "Nats-Stream", "p-orders" }, { "Nats-Subject", "p.orders.a" }, { "Nats-Sequence", "1" } };
        _wire.Answer = _ => NatsReply.Ok(new NatsMessage("_INBOX.1", null, headers, "p-orders"u8.ToArray()));

        NatsMessage answer = (await _connection.RequestAsync("$JS.API.DIRECT.GET.orders", "{}"u8, TimeSpan.FromSeconds(1))).Message;

        answer.Headers!.Select(header => header.Value).ShouldBe(["orders", "orders.a", "1"]);
        Encoding.UTF8.GetString(answer.Payload.Span).ShouldBe("p-orders", "the payload is the publisher's");
    }

    [Fact]
    public async Task Request_WithoutAnswer_StaysWithout()
    {
        _wire.Answer = request => NatsReply.None(NatsReplyStatus.NoResponders, request.Subject);
        (await _connection.RequestAsync("orders.a", [], TimeSpan.FromSeconds(1))).Status.ShouldBe(NatsReplyStatus.NoResponders);
    }

    private async Task<NatsMessage> ReceiveAsync(string subject, string replyTo, string headers, string payload = "")
    {
        var sink = new Sink();
        await _connection.SubscribeAsync(">", sink);
        await _wire.Sink!.OnMessageAsync(new ReceivedMessage(Encoding.UTF8.GetBytes(subject), Encoding.UTF8.GetBytes(replyTo), Encoding.UTF8.GetBytes(headers), Encoding.UTF8.GetBytes(payload)));
        return sink.Messages.ShouldHaveSingleItem();
    }

    private sealed class Sink : INatsMessageSink
    {
        public List<NatsMessage> Messages { get; } = [];

        public ValueTask OnMessageAsync(in ReceivedMessage message)
        {
            Messages.Add(message.ToMessage());
            return ValueTask.CompletedTask;
        }

        public void OnClosed(Exception? reason)
        {
        }
    }
}
