using System.Text;
using Nats.Consumer.Client;
using Nats.Consumer.InMemory;

namespace Nats.Consumer.Testing.Tests.InMemory;

/// <summary>What only the in-memory server has: its options, faults and events. What it has in common with real ones is in the conformance suite.</summary>
public class InMemoryOptionsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(false, null, "$JS.ACK.orders.c.1.1.1.")]
    [InlineData(true, null, "$JS.ACK._.memory.orders.c.1.1.1.")]
    [InlineData(true, "hub", "$JS.ACK.hub.memory.orders.c.1.1.1.")]
    public async Task LongAckSubjects_OfADelivery_HaveDomainAndAccount(bool isLong, string? domain, string start)
    {
        using var server = new InMemoryJetStream(new InMemoryJetStreamOptions { LongAckSubjects = isLong, Domain = domain });
        await using INatsConnection connection = await server.ConnectAsync();
        IJetStream jetStream = await WithConsumerAsync(connection);
        await jetStream.PublishAsync("orders.a", 1);

        string replyTo = await NextAsync(connection);

        replyTo.ShouldStartWith(start);
        (await connection.RequestAsync(replyTo, "+ACK"u8, Patience)).IsOk.ShouldBeTrue();
        ((await jetStream.GetConsumerAsync("orders", "c"))!.AckPending).ShouldBe(0);
    }

    [Fact]
    public async Task Domain_OfTheApi_AnswersUnderItsNameAndTellsIt()
    {
        using var server = new InMemoryJetStream(new InMemoryJetStreamOptions { Domain = "hub" });
        await using INatsConnection connection = await server.ConnectAsync();
        IJetStream jetStream = await WithConsumerAsync(connection);

        NatsReply answer = await connection.RequestAsync("$JS.hub.API.STREAM.INFO.orders", ""u8, Patience);
        PublishAck stored = await jetStream.PublishAsync("orders.a", 1);

        Encoding.UTF8.GetString(answer.Message.Payload.Span).ShouldContain("\"name\":\"orders\"");
        stored.Domain.ShouldBe("hub");
        (await connection.RequestAsync("$JS.spoke.API.STREAM.INFO.orders", ""u8, Patience)).Status.ShouldBe(NatsReplyStatus.NoResponders);
    }

    [Fact]
    public async Task MaxPayload_OfTheServer_IsToldAndKept()
    {
        using var server = new InMemoryJetStream(new InMemoryJetStreamOptions { MaxPayload = 100 });
        await using INatsConnection connection = await server.ConnectAsync();

        connection.ServerInfo!.MaxPayload.ShouldBe(100);
        await Should.ThrowAsync<NatsPayloadTooLargeException>(async () => await connection.PublishAsync("a", new byte[101]));
    }

    [Fact]
    public void Options_OutOfTheirRange_AreRefused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new InMemoryJetStream(new InMemoryJetStreamOptions { MaxPayload = 0 }));

    [Fact]
    public async Task Disconnect_AllConnections_WaitAndComeBackWithWhatWasPublished()
    {
        using var server = new InMemoryJetStream();
        await using INatsConnection one = await server.ConnectAsync();
        IJetStream jetStream = await WithConsumerAsync(one);
        var kinds = new List<NatsConnectionEventKind>();
        one.Changed += change => kinds.Add(change.Kind);

        server.Disconnect();
        await Should.ThrowAsync<NatsConnectException>(() => server.ConnectAsync());
        one.State.ShouldBe(NatsConnectionState.Reconnecting);
        await one.PublishAsync("orders.a", "x"u8.ToArray());
        server.Reconnect();
        await one.FlushAsync();

        one.State.ShouldBe(NatsConnectionState.Connected);
        kinds.ShouldBe([NatsConnectionEventKind.Disconnected, NatsConnectionEventKind.Reconnected]);
        (await jetStream.GetStreamAsync("orders"))!.State.Messages.ShouldBe(1);
    }

    [Fact]
    public async Task Disconnect_OneConnection_LeavesTheOthers()
    {
        using var server = new InMemoryJetStream();
        await using INatsConnection one = await server.ConnectAsync();
        await using INatsConnection other = await server.ConnectAsync();

        server.Disconnect(one);

        (one.State, other.State).ShouldBe((NatsConnectionState.Reconnecting, NatsConnectionState.Connected));
        server.Reconnect();
        one.State.ShouldBe(NatsConnectionState.Connected);
        using var elsewhere = new InMemoryJetStream();
        Should.Throw<ArgumentException>(() => elsewhere.Disconnect(one));
    }

    [Fact]
    public async Task FailPublishes_SoManyTimes_ThenWorksAgain()
    {
        using var server = new InMemoryJetStream();
        await using INatsConnection connection = await server.ConnectAsync();
        IJetStream jetStream = await WithConsumerAsync(connection);
        using IDisposable fault = server.FailPublishes("orders.*", times: 2);

        for (int i = 0; i < 2; i++)
            (await Should.ThrowAsync<JetStreamApiException>(async () => await jetStream.PublishAsync("orders.a", 1))).Code.ShouldBe(503);

        (await jetStream.PublishAsync("orders.a", 1)).Sequence.ShouldBe(1UL);
        Should.Throw<ArgumentException>(() => server.FailPublishes("a..b"));
        Should.Throw<ArgumentOutOfRangeException>(() => server.FailPublishes("a", times: 0));
    }

    [Fact]
    public async Task Happened_AMessagesLife_IsTold()
    {
        var time = new VirtualTime();
        using var server = new InMemoryJetStream(new InMemoryJetStreamOptions { TimeProvider = time });
        await using INatsConnection connection = await server.ConnectAsync();
        IJetStream jetStream = await WithConsumerAsync(connection);
        var happened = new List<InMemoryEvent>();
        server.Happened += happened.Add;

        await jetStream.PublishAsync("orders.a", 7, new PublishOptions { Headers = new NatsHeaders { ["Trace"] = "abc" } });
        string replyTo = await NextAsync(connection);
        await connection.RequestAsync(replyTo, "+WPI"u8, Patience);
        await connection.RequestAsync(replyTo, """-NAK {"delay":1000000000}"""u8, Patience);
        time.Advance(TimeSpan.FromSeconds(1));
        await connection.RequestAsync(await NextAsync(connection), "+ACK"u8, Patience);

        happened.Select(happening => happening.Kind).ShouldBe(
        [
            InMemoryEventKind.Stored, InMemoryEventKind.Delivered, InMemoryEventKind.InProgress, InMemoryEventKind.NegativelyAcknowledged, InMemoryEventKind.Delivered, InMemoryEventKind.Acknowledged,
        ]);
        (Encoding.UTF8.GetString(happened[0].Payload.Span), happened[0].Headers!["Trace"], happened[0].Subject).ShouldBe(("7", "abc", "orders.a"));
        (happened[3].Delay, happened[3].Deliveries).ShouldBe((TimeSpan.FromSeconds(1), 1));
        (happened[4].Deliveries, happened[4].Time - happened[0].Time).ShouldBe((2, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task Happened_AcksOfAllBefore_IsTold()
    {
        using var server = new InMemoryJetStream();
        await using INatsConnection connection = await server.ConnectAsync();
        IJetStream jetStream = await WithConsumerAsync(connection, AckPolicy.All);
        await jetStream.PublishAsync("orders.a", 1);
        var happened = new List<InMemoryEventKind>();
        string replyTo = await NextAsync(connection);
        server.Happened += happening => happened.Add(happening.Kind);

        await connection.RequestAsync(replyTo, "+ACK"u8, Patience);

        happened.ShouldBe([InMemoryEventKind.Acknowledged]);
    }

    [Fact]
    public void Named_AfterDispose_IsANewOne()
    {
        string name = $"n{Guid.NewGuid():n}";
        InMemoryJetStream first = InMemoryJetStream.Named(name);
        InMemoryJetStream.Named(name).ShouldBe(first);

        first.Dispose();

        using InMemoryJetStream second = InMemoryJetStream.Named(name);
        second.ShouldNotBe(first);
    }

    private static async Task<string> NextAsync(INatsConnection connection)
    {
        var delivery = new Delivery();
        string inbox = connection.NewInbox();
        await using INatsSubscription subscription = await connection.SubscribeAsync(inbox, delivery);
        await connection.PublishAsync("$JS.API.CONSUMER.MSG.NEXT.orders.c", "{}"u8.ToArray(), replyTo: inbox);
        return await delivery.ReplyTo.Task.WaitAsync(Patience);
    }

    private static async Task<IJetStream> WithConsumerAsync(INatsConnection connection, AckPolicy ackPolicy = AckPolicy.Explicit)
    {
        IJetStream jetStream = JetStreamContext.Create(connection);
        await jetStream.CreateStreamAsync(new StreamConfig("orders") { Subjects = ["orders.>"] });
        await jetStream.CreateOrUpdateConsumerAsync("orders", new ConsumerConfig { DurableName = "c", AckPolicy = ackPolicy });
        return jetStream;
    }

    private sealed class Delivery : INatsMessageSink
    {
        public TaskCompletionSource<string> ReplyTo { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ValueTask OnMessageAsync(in ReceivedMessage message)
        {
            ReplyTo.TrySetResult(Encoding.UTF8.GetString(message.ReplyTo));
            return ValueTask.CompletedTask;
        }

        public void OnClosed(Exception? reason)
        {
        }
    }
}
