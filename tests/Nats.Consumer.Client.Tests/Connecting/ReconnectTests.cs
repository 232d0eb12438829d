using Nats.Consumer.Client.Tests.Support;

namespace Nats.Consumer.Client.Tests.Connecting;

public sealed class ReconnectTests : IAsyncDisposable
{
    private readonly FakeServer _server = new();
    private readonly ManualTime _time = new();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Reconnect_AfterACut_RestoresSubscriptionsBeforeWhatIsQueued()
    {
        await using NatsConnection connection = TestClient.Create(_server);
        var events = new EventLog(connection);
        FakeClient client = await connection.OpenAsync(_server);
        await connection.SubscribeAsync("before.>", new RecordingSink());
        INatsSubscription gone = await connection.SubscribeAsync("gone", new RecordingSink());
        (await client.NextAsync()).ShouldBe("SUB before.> 1");
        await gone.DisposeAsync();

        await CutAsync(client, events);
        await connection.PublishAsync("queued", "1"u8);
        await connection.SubscribeAsync("during", new RecordingSink(), "workers");
        await connection.PublishAsync("queued", "2"u8);
        _server.ListenAgain();
        client = await _server.NextClientAsync();

        (await client.NextAsync()).ShouldBe("SUB before.> 1");
        (await client.NextAsync()).ShouldBe("SUB during workers 3");
        (await client.NextAsync()).ShouldBe("PUB queued 1|1");
        (await client.NextAsync()).ShouldBe("PUB queued 1|2");
    }

    [Fact]
    public async Task Events_OfSeveralCuts_ComeOnceEachAndInOrder()
    {
        NatsConnection connection = TestClient.Create(_server);
        var events = new EventLog(connection);
        var states = new List<NatsConnectionState>();
        connection.Changed += _ => states.Add(connection.State);
        FakeClient client = await connection.OpenAsync(_server);
        await events.NextAsync(NatsConnectionEventKind.Connected);
        for (int cut = 0; cut < 3; cut++)
        {
            client.Cut();
            NatsConnectionEvent lost = await events.NextAsync(NatsConnectionEventKind.Disconnected);
            lost.Error.ShouldNotBeNull();
            await events.NextAsync(NatsConnectionEventKind.Reconnected);
            client = await _server.NextClientAsync();
        }

        await connection.DisposeAsync();
        await connection.DisposeAsync();
        (await events.NextAsync(NatsConnectionEventKind.Closed)).Error.ShouldBeNull();
        events.Kinds.Count.ShouldBe(8);
        states.ShouldBe(
        [
            NatsConnectionState.Connected,
            NatsConnectionState.Reconnecting, NatsConnectionState.Connected,
            NatsConnectionState.Reconnecting, NatsConnectionState.Connected,
            NatsConnectionState.Reconnecting, NatsConnectionState.Connected,
            NatsConnectionState.Closed,
        ]);
    }

    [Fact]
    public async Task Messages_Expired_AreNotSentAfterTheOutage()
    {
        await using NatsConnection connection = TestClient.Create(_server, options => options.TimeProvider = _time);
        var events = new EventLog(connection);
        FakeClient client = await connection.OpenAsync(_server);
        await CutAsync(client, events);
        await connection.PublishAsync(new OutgoingMessage { Subject = "ack"u8, Payload = "late"u8, TimeToSend = TimeSpan.FromSeconds(5) });
        await connection.PublishAsync(new OutgoingMessage { Subject = "ack"u8, Payload = "in time"u8, TimeToSend = TimeSpan.FromMinutes(5) });
        _time.Advance(TimeSpan.FromSeconds(5));
        _server.ListenAgain();
        await _time.AdvanceUntilAsync(events.NextAsync(NatsConnectionEventKind.Reconnected), TimeSpan.FromMilliseconds(10));
        (await (await _server.NextClientAsync()).NextAsync()).ShouldBe("PUB ack 7|in time");
    }

    [Fact]
    public async Task Messages_OfTheLostConnection_AreNotSentOnTheNext()
    {
        await using NatsConnection connection = TestClient.Create(_server);
        var events = new EventLog(connection);
        FakeClient client = await connection.OpenAsync(_server);
        var never = new TaskCompletionSource();
        client.Hold = never.Task;

        // Until neither the network nor the outbox takes any more.
        Task last = Task.CompletedTask;
        while (last.IsCompleted)
            last = connection.PublishAsync("fill", new byte[500_000]).AsTask();
        Task pull = connection.PublishAsync(new OutgoingMessage { Subject = "pull"u8, Payload = "old"u8, DropOnDisconnect = true }).AsTask();
        await CutAsync(client, events);
        await pull.WithinDeadline();
        Task again = connection.PublishAsync(new OutgoingMessage { Subject = "pull"u8, Payload = "new"u8, DropOnDisconnect = true }).AsTask();
        _server.ListenAgain();
        client = await _server.NextClientAsync();
        string next = await client.NextAsync();
        next.ShouldStartWith("PUB fill ");
        while (next.StartsWith("PUB fill ", StringComparison.Ordinal))
            next = await client.NextAsync();
        next.ShouldBe("PUB pull 3|new");
        await Task.WhenAll(last, again).WithinDeadline();
    }

    [Fact]
    public async Task Pings_LeftUnanswered_LeadToAReconnect()
    {
        await using NatsConnection connection = TestClient.Create(_server, options => options.TimeProvider = _time);
        var events = new EventLog(connection);
        FakeClient client = await connection.OpenAsync(_server);
        await events.NextAsync(NatsConnectionEventKind.Connected);
        client.AnswerPings = false;
        Task<NatsConnectionEvent> lost = events.NextAsync(NatsConnectionEventKind.Disconnected);
        await _time.AdvanceUntilAsync(lost, TimeSpan.FromSeconds(30));
        (await lost).Error.ShouldNotBeNull().Message.ShouldContain("2 PINGs unanswered");
        await _time.AdvanceUntilAsync(events.NextAsync(NatsConnectionEventKind.Reconnected), TimeSpan.FromMilliseconds(10));
    }

    [Fact]
    public async Task Pings_Answered_KeepTheConnectionHoweverManyFlushesAreOnTheWay()
    {
        await using NatsConnection connection = TestClient.Create(_server, options => options.TimeProvider = _time);
        var events = new EventLog(connection);
        FakeClient client = await connection.OpenAsync(_server);
        await events.NextAsync(NatsConnectionEventKind.Connected);
        for (int round = 0; round < 5; round++)
        {
            client.AnswerPings = false;
            Task[] flushes = [.. Enumerable.Range(0, 4).Select(_ => connection.FlushAsync().AsTask())];
            int expected = ((round + 1) * 5) - 1;
            await Soon.HoldsAsync(() => client.Pings == expected, "the flushes are on the way");
            await Soon.HoldsAsync(() => _time.IsAwaited(TimeSpan.FromMinutes(2)), "the keep-alive waits for its time");
            _time.Advance(TimeSpan.FromMinutes(2));
            await Soon.HoldsAsync(() => client.Pings == expected + 1 || events.Kinds.Count > 1, "the keep-alive PING follows");
            client.AnswerPings = true;
            for (int pong = 0; pong < 5; pong++)
                await client.SendAsync("PONG\r\n");
            await Task.WhenAll(flushes).WithinDeadline();
        }

        events.Kinds.ShouldBe([NatsConnectionEventKind.Connected]);
    }

    [Fact]
    public async Task Garbage_MidStream_IsQuotedAndLeadsToAReconnect()
    {
        await using NatsConnection connection = TestClient.Create(_server);
        var events = new EventLog(connection);
        FakeClient client = await connection.OpenAsync(_server);
        await events.NextAsync(NatsConnectionEventKind.Connected);
        await client.SendAsync("PING\r\nMSG a 1 -5\r\n");
        NatsConnectionEvent lost = await events.NextAsync(NatsConnectionEventKind.Disconnected);
        lost.Error.ShouldBeOfType<NatsProtocolException>().Message.ShouldContain("'MSG a 1 -5'");
        await events.NextAsync(NatsConnectionEventKind.Reconnected);
    }

    [Fact]
    public async Task Error_BeforeTheCut_IsTheReason()
    {
        await using NatsConnection connection = TestClient.Create(_server);
        var events = new EventLog(connection);
        FakeClient client = await connection.OpenAsync(_server);
        await events.NextAsync(NatsConnectionEventKind.Connected);
        await client.SendAsync("-ERR 'Stale Connection'\r\n");
        client.Cut();
        (await events.NextAsync(NatsConnectionEventKind.ServerError)).Error.ShouldNotBeNull().Message.ShouldContain("'Stale Connection'");
        (await events.NextAsync(NatsConnectionEventKind.Disconnected)).Error.ShouldNotBeNull().Message.ShouldContain("'Stale Connection'");
    }

    [Fact]
    public async Task Error_ThatTheConnectionOutlived_IsNotTheReasonOfALaterCut()
    {
        await using NatsConnection connection = TestClient.Create(_server);
        var events = new EventLog(connection);
        FakeClient client = await connection.OpenAsync(_server);
        await events.NextAsync(NatsConnectionEventKind.Connected);
        await client.SendAsync("-ERR 'Permissions Violation for Publish to \"a\"'\r\n");
        await events.NextAsync(NatsConnectionEventKind.ServerError);
        await connection.FlushAsync().WithinDeadline();
        client.Cut();
        (await events.NextAsync(NatsConnectionEventKind.Disconnected)).Error.ShouldNotBeNull().Message.ShouldNotContain("Permissions");
    }

    [Fact]
    public async Task Server_ThatCutsAgainAndAgain_IsAskedLessAndLessOften()
    {
        await using NatsConnection connection = TestClient.Create(
            _server, options => (options.TimeProvider, options.MaxReconnectDelay) = (_time, TimeSpan.FromSeconds(5)));
        var events = new EventLog(connection);
        FakeClient client = await connection.OpenAsync(_server);
        await events.NextAsync(NatsConnectionEventKind.Connected);
        client.Cut();
        await events.NextAsync(NatsConnectionEventKind.Disconnected);
        // The clock stands still: an attempt without a pause would come all the same.
        Task<NatsConnectionEvent> back = events.NextAsync(NatsConnectionEventKind.Reconnected);
        await Task.WhenAny(back, Task.Delay(100));
        back.IsCompleted.ShouldBeFalse("the server cut a new connection at once, so there has to be a pause");
        await _time.AdvanceUntilAsync(back, TimeSpan.FromMilliseconds(10));
    }

    [Fact]
    public async Task Connection_ThatLivedForLong_IsRestoredWithoutAPause()
    {
        await using NatsConnection connection = TestClient.Create(
            _server, options => (options.TimeProvider, options.MaxReconnectDelay) = (_time, TimeSpan.FromSeconds(5)));
        var events = new EventLog(connection);
        FakeClient client = await connection.OpenAsync(_server);
        await events.NextAsync(NatsConnectionEventKind.Connected);
        _time.Advance(TimeSpan.FromMinutes(1));
        client.Cut();
        await events.NextAsync(NatsConnectionEventKind.Disconnected);
        await events.NextAsync(NatsConnectionEventKind.Reconnected);
    }

    [Fact]
    public async Task Flush_DuringAnOutage_FailsAndWorksAgainAfterwards()
    {
        await using NatsConnection connection = TestClient.Create(_server);
        var events = new EventLog(connection);
        FakeClient client = await connection.OpenAsync(_server);
        client.AnswerPings = false;
        Task onTheWay = connection.FlushAsync().AsTask();
        await Soon.HoldsAsync(() => client.Pings == 1, "the PING has come");
        await CutAsync(client, events);
        await Should.ThrowAsync<NatsConnectionException>(onTheWay.WithinDeadline());
        await Should.ThrowAsync<NatsConnectionException>(connection.FlushAsync().WithinDeadline());
        _server.ListenAgain();
        await events.NextAsync(NatsConnectionEventKind.Reconnected);
        await connection.FlushAsync().WithinDeadline();
    }

    private async Task CutAsync(FakeClient client, EventLog events)
    {
        if (events.Kinds.Count == 1)
            await events.NextAsync(NatsConnectionEventKind.Connected);
        _server.StopListening();
        client.Cut();
        await events.NextAsync(NatsConnectionEventKind.Disconnected);
    }
}
