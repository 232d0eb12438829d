using Nats.Consumer.Client;
using Nats.Consumer.Conformance.Targets;
using Nats.Consumer.Conformance.Wire;

namespace Nats.Consumer.Conformance.Core;

/// <summary>Core NATS: subjects, wildcards, queue groups, requests and replies.</summary>
public abstract class CoreTests(Target target) : Conformance(target)
{
    public sealed class OnInMemory29(InMemory29 target) : CoreTests(target), IClassFixture<InMemory29>;

    public sealed class OnInMemory215(InMemory215 target) : CoreTests(target), IClassFixture<InMemory215>;

    [Trait("Category", "Server")]
    public sealed class OnServer(ServerTarget target) : CoreTests(target), IClassFixture<ServerTarget>;

    [Theory]
    [InlineData("a.b", "a.b", true)]
    [InlineData("a.*", "a.b", true)]
    [InlineData("a.>", "a.b", true)]
    [InlineData("a.>", "a.b.c", true)]
    [InlineData("*.b", "a.b", true)]
    [InlineData("*.*", "a.b", true)]
    [InlineData(">", "a.b", true)]
    [InlineData("a.*", "a", false)]
    [InlineData("a.*", "a.b.c", false)]
    [InlineData("a.>", "a", false)]
    [InlineData("a.b", "a.B", false)]
    [InlineData("a.b*", "a.bc", false)]
    [InlineData("a.b*", "a.b*", true)]
    [InlineData("a.{x}", "a.b", false)]
    [InlineData("a.{x}", "a.{x}", true)]
    [InlineData("a.*.c", "a.b.c", true)]
    [InlineData("a.*.c", "a.b.d", false)]
    public async Task Subscribe_Pattern_TakesWhatMatches(string pattern, string subject, bool takes)
    {
        string prefix = WireClient.NewName("p");
        await using Inbox inbox = await Client.SubscribeAsync($"{prefix}.{pattern}");

        await Client.PublishAsync($"{prefix}.{subject}", "1");

        (await inbox.TryNextAsync(takes ? 5 : 0.1) is not null).ShouldBe(takes);
    }

    [Fact]
    public async Task Publish_HeadersReplyAndPayload_Arrive()
    {
        string subject = WireClient.NewName("p");
        await using Inbox inbox = await Client.SubscribeAsync(subject);

        await Client.PublishAsync(subject, "hello", new NatsHeaders { ["X"] = "1" }, "reply.here");

        Received message = await inbox.NextAsync();
        message.Text.ShouldBe("hello");
        message.Header("X").ShouldBe("1");
        message.ReplyTo.ShouldBe("reply.here");
        message.Subject.ShouldBe(subject);
    }

    [Fact]
    public async Task Subscribe_Twice_GetsItTwice()
    {
        string subject = WireClient.NewName("p");
        await using Inbox one = await Client.SubscribeAsync(subject);
        await using Inbox other = await Client.SubscribeAsync(subject);

        await Client.PublishAsync(subject, "1");

        (await one.NextAsync()).Text.ShouldBe("1");
        (await other.NextAsync()).Text.ShouldBe("1");
    }

    [Fact]
    public async Task QueueGroup_EachMessage_GoesToOneMember()
    {
        string subject = WireClient.NewName("p");
        await using WireClient another = await Client.AnotherAsync();
        await using Inbox one = await Client.SubscribeAsync(subject, "g");
        await using Inbox two = await another.SubscribeAsync(subject, "g");
        await using Inbox other = await another.SubscribeAsync(subject, "h");

        for (int i = 0; i < 60; i++)
            await Client.PublishAsync(subject, $"{i}");
        await Client.FlushAsync();
        await Target.WaitAsync(() => one.Count + two.Count == 60 && other.Count == 60, Soon);

        (one.Count + two.Count).ShouldBe(60);
        other.Count.ShouldBe(60);
        one.Count.ShouldBeInRange(10, 50);
    }

    [Fact]
    public async Task QueueGroup_Wildcards_CountAsOneGroup()
    {
        string prefix = WireClient.NewName("p");
        await using Inbox one = await Client.SubscribeAsync($"{prefix}.*", "g");
        await using Inbox two = await Client.SubscribeAsync($"{prefix}.a", "g");

        for (int i = 0; i < 20; i++)
            await Client.PublishAsync($"{prefix}.a");
        await Target.WaitAsync(() => one.Count + two.Count >= 20, Soon);
        await Target.WaitAsync(() => false, Moment);

        (one.Count + two.Count).ShouldBe(20);
    }

    [Fact]
    public async Task Request_Answered_IsOk()
    {
        string subject = WireClient.NewName("p");
        await using WireClient service = await Client.AnotherAsync();
        await using Inbox requests = await service.SubscribeAsync(subject);
        Task<NatsReply> reply = Client.Connection.RequestAsync(subject, "2+2"u8, Soon).AsTask();

        Received request = await requests.NextAsync();
        await service.PublishAsync(request.ReplyTo, "4");

        System.Text.Encoding.UTF8.GetString((await Target.WaitAsync(reply, Soon)).Message.Payload.Span).ShouldBe("4");
    }

    [Fact]
    public async Task Request_NobodyThere_HasNoResponders() => (await Client.RequestAsync(WireClient.NewName("nobody"))).Status.ShouldBe(NatsReplyStatus.NoResponders);

    [Fact]
    public async Task Request_NobodyAnswers_TimesOut()
    {
        string subject = WireClient.NewName("p");
        await using Inbox silent = await Client.SubscribeAsync(subject);

        (await Client.RequestAsync(subject, timeout: Seconds(0.2))).Status.ShouldBe(NatsReplyStatus.TimedOut);
    }

    [Fact]
    public async Task Publish_NobodyThereWithReply_TellsTheInbox()
    {
        await using Inbox inbox = await Client.SubscribeAsync();
        string subject = WireClient.NewName("nobody");

        await Client.PublishAsync(subject, "x", replyTo: inbox.Subject);

        Received answer = await inbox.NextAsync();
        answer.Status.ShouldBe("503");
        answer.Header("Nats-Subject").ShouldBe(IsOld ? null : subject);
    }

    [Fact]
    public async Task Subscription_Drained_HasEverythingThatWasSentBefore()
    {
        string subject = WireClient.NewName("p");
        Inbox inbox = await Client.SubscribeAsync(subject);
        for (int i = 0; i < 100; i++)
            await Client.PublishAsync(subject, $"{i}");

        await Target.WaitAsync(DrainAsync(), Soon);
        await Client.PublishAsync(subject, "after");
        await Client.FlushAsync();

        inbox.Count.ShouldBe(100);

        async Task<bool> DrainAsync()
        {
            await inbox.Subscription!.DrainAsync();
            return true;
        }
    }

    [Fact]
    public async Task Connection_ServerInfo_TellsVersionAndJetStream()
    {
        NatsServerInfo info = Client.Connection.ServerInfo!;

        info.Version.ShouldBe(Target.Version);
        info.JetStreamEnabled.ShouldBeTrue();
        info.HeadersSupported.ShouldBeTrue();
        info.MaxPayload.ShouldBe(1024 * 1024);
        Client.Connection.State.ShouldBe(NatsConnectionState.Connected);
        await Task.CompletedTask;
    }

    [Fact]
    public async Task Connection_Disposed_ClosesItsSinksAndRefusesToPublish()
    {
        WireClient other = await Client.AnotherAsync();
        await other.DisposeAsync();

        other.Connection.State.ShouldBe(NatsConnectionState.Closed);
        await Should.ThrowAsync<NatsConnectionException>(() => other.PublishAsync("a"));
    }

    [Fact]
    public async Task Connection_PayloadTooLarge_IsRefused()
    {
        await Should.ThrowAsync<NatsPayloadTooLargeException>(() => Client.PublishAsync("a", new string('x', 1024 * 1024 + 1)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\tb")]
    public async Task Connection_UnsafeSubject_IsRefused(string subject)
    {
        await Should.ThrowAsync<ArgumentException>(() => Client.PublishAsync(subject));
    }

    [Theory]
    [InlineData("a..b")]
    [InlineData(".a")]
    [InlineData("a.")]
    public async Task Publish_EmptyToken_GoesNowhere(string subject)
    {
        await using Inbox inbox = await Client.SubscribeAsync();

        await Client.PublishAsync(subject, "x", replyTo: inbox.Subject);

        (await inbox.NextAsync()).Status.ShouldBe("503");
    }

    [Fact]
    public async Task Events_OfAConnection_AreRaisedOnce()
    {
        var other = new WireClient(Target);
        var events = new List<NatsConnectionEventKind>();
        other.Connection.Changed += change => events.Add(change.Kind);

        await other.ConnectAsync();
        await other.ConnectAsync();
        await other.DisposeAsync();

        events.ShouldBe([NatsConnectionEventKind.Connected, NatsConnectionEventKind.Closed]);
    }

    [Fact]
    public async Task Account_Info_CountsStreamsAndConsumers()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a", "hello");
        await stream.ConsumerAsync();

        System.Text.Json.Nodes.JsonObject info = await Client.DoAsync("INFO");

        ((string)info["type"]!).ShouldBe("io.nats.jetstream.api.v1.account_info_response");
        ((int)info["streams"]!).ShouldBeGreaterThanOrEqualTo(1);
        ((int)info["consumers"]!).ShouldBeGreaterThanOrEqualTo(1);
        ((long)info["memory"]!).ShouldBeGreaterThan(0);
        ((long)info["limits"]!["max_memory"]!).ShouldBe(-1);
        ((long)info["api"]!["total"]!).ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("NOPE")]
    [InlineData("STREAM.NOPE.x")]
    [InlineData("STREAM.CREATE")]
    public async Task Api_UnknownVerb_IsAnsweredWithSilence(string verb) =>
        (await Client.RequestAsync($"$JS.API.{verb}", "{}", timeout: Seconds(0.2))).Status.ShouldBe(NatsReplyStatus.TimedOut);
}
