using Nats.Consumer.Client.Tests.Support;

namespace Nats.Consumer.Client.Tests.Connecting;

public sealed class DisposeTests : IAsyncDisposable
{
    private readonly FakeServer _server = new();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Dispose_WithMessagesQueued_SendsThem()
    {
        NatsConnection connection = TestClient.Create(_server);
        FakeClient client = await connection.OpenAsync(_server);
        for (int i = 0; i < 5000; i++)
            await connection.PublishAsync("a", "x"u8);
        await connection.DisposeAsync().WithinDeadline();
        (await client.RestAsync()).Count.ShouldBe(5000);
    }

    [Fact]
    public async Task Dispose_WhileConnected_ClosesEverySinkWithoutAReason()
    {
        NatsConnection connection = TestClient.Create(_server);
        var events = new EventLog(connection);
        var sink = new RecordingSink();
        await connection.SubscribeAsync("a", sink);
        await connection.OpenAsync(_server);
        await connection.DisposeAsync().WithinDeadline();
        (await sink.Closed.WithinDeadline()).ShouldBeNull();
        sink.Closings.ShouldBe(1);
        connection.State.ShouldBe(NatsConnectionState.Closed);
        events.Kinds.ShouldBe([NatsConnectionEventKind.Connected, NatsConnectionEventKind.Closed]);
        Should.Throw<NatsConnectionException>(() => connection.PublishAsync("a", "x"u8).AsTask()).Message.ShouldContain("disposed");
    }

    [Fact]
    public async Task Dispose_BeforeTheFirstConnect_Returns()
    {
        NatsConnection connection = TestClient.Create(_server);
        await connection.DisposeAsync().WithinDeadline();
        connection.State.ShouldBe(NatsConnectionState.Closed);
    }

    [Fact]
    public async Task Dispose_DuringThePauseBetweenAttempts_ReturnsAtOnce()
    {
        // The clock stands still, so the pause would never end.
        NatsConnection connection = TestClient.Create(_server, options => options.TimeProvider = new ManualTime());
        var events = new EventLog(connection);
        FakeClient client = await connection.OpenAsync(_server);
        await events.NextAsync(NatsConnectionEventKind.Connected);
        _server.StopListening();
        client.Cut();
        await events.NextAsync(NatsConnectionEventKind.Disconnected);
        Task<NatsReply> request = connection.RequestAsync("a", ""u8, TimeSpan.FromHours(1)).AsTask();
        await connection.DisposeAsync().WithinDeadline();
        await events.NextAsync(NatsConnectionEventKind.Closed);
        (await request.WithinDeadline()).Status.ShouldBe(NatsReplyStatus.Disconnected);
    }

    [Fact]
    public async Task Dispose_DuringAnAttempt_ReturnsAtOnce()
    {
        NatsConnection connection = TestClient.Create(_server, options => options.ConnectTimeout = TimeSpan.FromHours(1));
        FakeClient client = await connection.OpenAsync(_server);
        _server.Greeting = null;
        client.Cut();
        await Soon.HoldsAsync(() => _server.Accepted == 2, "the attempt is under way");
        await connection.DisposeAsync().WithinDeadline();
        connection.State.ShouldBe(NatsConnectionState.Closed);
    }

    [Fact]
    public async Task Dispose_DuringTheFirstConnect_ReturnsAtOnce()
    {
        _server.Greeting = null;
        NatsConnection connection = TestClient.Create(_server, options => options.ConnectTimeout = TimeSpan.FromHours(1));
        Task connecting = connection.ConnectAsync().AsTask();
        await Soon.HoldsAsync(() => _server.Accepted == 1, "the attempt is under way");
        await connection.DisposeAsync().WithinDeadline();
        await Should.ThrowAsync<ObjectDisposedException>(connecting.WithinDeadline());
        connection.State.ShouldBe(NatsConnectionState.Closed);
    }

    [Fact]
    public async Task Dispose_WithASinkThatNeverReturns_Ends()
    {
        var time = new ManualTime();
        NatsConnection connection = TestClient.Create(_server, options => options.TimeProvider = time);
        var sink = new RecordingSink(_ => new ValueTask(new TaskCompletionSource().Task));
        await connection.SubscribeAsync("a", sink);
        FakeClient client = await connection.OpenAsync(_server);
        await client.MessageAsync(1, "held");
        await sink.NextAsync();
        Task disposing = connection.DisposeAsync().AsTask();
        await time.AdvanceUntilAsync(disposing, TimeSpan.FromMilliseconds(100)); // the 2 seconds for what is queued
        (await sink.Closed.WithinDeadline()).ShouldBeNull();
    }
}
