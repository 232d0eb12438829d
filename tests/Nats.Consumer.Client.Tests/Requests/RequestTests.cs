using System.Text;
using Nats.Consumer.Client.Tests.Support;

namespace Nats.Consumer.Client.Tests.Requests;

public sealed class RequestTests : IAsyncDisposable
{
    private readonly FakeServer _server = new();
    private readonly ManualTime _time = new();
    private readonly NatsConnection _connection;
    private readonly EventLog _events;

    public RequestTests()
    {
        _connection = TestClient.Create(_server, options => (options.TimeProvider, options.MaxPendingBytes) = (_time, 64 * 1024));
        _events = new EventLog(_connection);
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Request_Answered_GivesTheReply()
    {
        FakeClient client = await _connection.OpenAsync(_server);
        Task<NatsReply> request = Ask("hello");
        (await client.NextAsync()).ShouldMatch(@"^SUB _INBOX\.\w{22}R\.\* 1$");
        string published = await client.NextAsync();
        published.ShouldMatch(@"^PUB service _INBOX\.\w{22}R\.1 5\|hello$");
        await client.MessageAsync(1, "world", ReplySubject(published));
        NatsReply reply = await request.WithinDeadline();
        reply.IsOk.ShouldBeTrue();
        Encoding.UTF8.GetString(reply.Message.Payload.Span).ShouldBe("world");
    }

    [Fact]
    public async Task Requests_AnsweredInAnotherOrder_GetTheirOwnReplies()
    {
        FakeClient client = await _connection.OpenAsync(_server);
        Task<NatsReply>[] requests = [.. Enumerable.Range(0, 20).Select(i => Ask($"{i}"))];
        (await client.NextAsync()).ShouldStartWith("SUB ");
        var published = new List<string>();
        for (int i = 0; i < requests.Length; i++)
            published.Add(await client.NextAsync());
        foreach (string one in Enumerable.Reverse(published))
            await client.MessageAsync(1, one[(one.IndexOf('|', StringComparison.Ordinal) + 1)..], ReplySubject(one));
        for (int i = 0; i < requests.Length; i++)
            Encoding.UTF8.GetString((await requests[i].WithinDeadline()).Message.Payload.Span).ShouldBe($"{i}");
    }

    [Fact]
    public async Task Request_ThatNobodyTakes_IsAResultAndNamesTheSubject()
    {
        FakeClient client = await _connection.OpenAsync(_server);
        Task<NatsReply> request = Ask("");
        await client.NextAsync();
        await client.SendAsync($"HMSG {ReplySubject(await client.NextAsync())} 1 16 16\r\nNATS/1.0 503\r\n\r\n\r\n");
        NatsReply reply = await request.WithinDeadline();
        reply.Status.ShouldBe(NatsReplyStatus.NoResponders);
        Should.Throw<NatsNoRespondersException>(() => reply.Message).Message.ShouldContain("'service'");
    }

    [Fact]
    public async Task Request_AnotherSubjectIsNotPermitted_GoesOnWaiting()
    {
        FakeClient client = await _connection.OpenAsync(_server);
        Task<NatsReply> request = Ask("");
        await client.NextAsync();
        string reply = ReplySubject(await client.NextAsync());
        await client.SendAsync("-ERR 'Permissions Violation for Publish to \"service.other\"'\r\n-ERR 'Permissions Violation for Subscription to \"service\"'\r\n");
        await client.MessageAsync(1, "answer", reply);
        (await request.WithinDeadline()).IsOk.ShouldBeTrue();
    }

    [Fact]
    public async Task Request_WithoutAReply_TimesOutAndALateReplyIsIgnored()
    {
        FakeClient client = await _connection.OpenAsync(_server);
        Task<NatsReply> request = Ask("");
        await client.NextAsync();
        string late = ReplySubject(await client.NextAsync());
        await _time.AdvanceUntilAsync(request, TimeSpan.FromSeconds(1));
        NatsReply reply = await request;
        reply.Status.ShouldBe(NatsReplyStatus.TimedOut);
        Should.Throw<NatsTimeoutException>(() => reply.Message).Message.ShouldContain("'service'");
        await client.MessageAsync(1, "late", late);
        await client.MessageAsync(1, "nonsense", "no.number");
        await _connection.FlushAsync().WithinDeadline();
        _connection.State.ShouldBe(NatsConnectionState.Connected);
    }

    [Fact]
    public async Task Request_Cancelled_Throws()
    {
        using var cancel = new CancellationTokenSource();
        await _connection.OpenAsync(_server);
        Task<NatsReply> request = _connection.RequestAsync("service", ""u8, TimeSpan.FromMinutes(1), cancellationToken: cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(request.WithinDeadline());
    }

    [Fact]
    public async Task Requests_OnTheWayWhenTheConnectionBreaks_FailAtOnce()
    {
        FakeClient client = await _connection.OpenAsync(_server);
        Task<NatsReply> request = Ask("");
        await client.NextAsync();
        await client.NextAsync();
        client.Cut();
        NatsReply reply = await request.WithinDeadline(); // the clock stands still
        reply.Status.ShouldBe(NatsReplyStatus.Disconnected);
        Should.Throw<NatsConnectionException>(() => reply.Message).Message.ShouldContain("'service'");
    }

    [Fact]
    public async Task Request_DuringAnOutage_IsAnsweredAfterIt()
    {
        await LoseConnectionAsync(await _connection.OpenAsync(_server));
        Task<NatsReply> request = Ask("patient");
        _server.ListenAgain();
        await _time.AdvanceUntilAsync(_events.NextAsync(NatsConnectionEventKind.Reconnected), TimeSpan.FromMilliseconds(10));
        FakeClient client = await _server.NextClientAsync();
        (await client.NextAsync()).ShouldStartWith("SUB _INBOX");
        string published = await client.NextAsync();
        published.ShouldEndWith("|patient");
        await client.MessageAsync(1, "at last", ReplySubject(published));
        (await request.WithinDeadline()).IsOk.ShouldBeTrue();
    }

    [Fact]
    public async Task Request_DuringALongOutage_TimesOutInTimeEvenWithTheOutboxFull()
    {
        await LoseConnectionAsync(await _connection.OpenAsync(_server));
        await _connection.PublishAsync("fill", new byte[64 * 1024]);
        Task<NatsReply> request = Ask("late", TimeSpan.FromSeconds(3));
        _time.Advance(TimeSpan.FromSeconds(3));
        (await request.WithinDeadline()).Status.ShouldBe(NatsReplyStatus.TimedOut);
    }

    [Fact]
    public async Task Request_ToAnUnsafeSubject_IsRefused()
    {
        await _connection.OpenAsync(_server);
        await Should.ThrowAsync<ArgumentException>(async () => await _connection.RequestAsync("a b", ""u8, TimeSpan.FromSeconds(1)));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await _connection.RequestAsync("a", ""u8, TimeSpan.Zero));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await _connection.RequestAsync("a", ""u8, TimeSpan.MaxValue));
    }

    private Task<NatsReply> Ask(string payload, TimeSpan? timeout = null) =>
        _connection.RequestAsync("service", Encoding.UTF8.GetBytes(payload), timeout ?? TimeSpan.FromSeconds(30)).AsTask();

    private async Task LoseConnectionAsync(FakeClient client)
    {
        await _events.NextAsync(NatsConnectionEventKind.Connected);
        _server.StopListening();
        client.Cut();
        await _events.NextAsync(NatsConnectionEventKind.Disconnected);
    }

    private static string ReplySubject(string published) => published.Split(' ')[2];
}
