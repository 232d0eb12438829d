using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;
using Nats.Consumer.Client.Tests.Support;

namespace Nats.Consumer.Client.Tests.Connecting;

public sealed class DeliveryTests : IAsyncDisposable
{
    private readonly FakeServer _server = new();
    private readonly NatsConnection _connection;

    public DeliveryTests() => _connection = TestClient.Create(_server);

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Ping_OfTheServer_IsAnswered()
    {
        FakeClient client = await _connection.OpenAsync(_server);
        await client.SendAsync("PING\r\n");
        (await client.NextAsync()).ShouldBe("PONG");
    }

    [Fact]
    public async Task Info_SentLater_IsTaken()
    {
        FakeClient client = await _connection.OpenAsync(_server);
        await client.SendAsync("INFO {\"version\":\"2.99.2\",\"ldm\":true,\"max_payload\":3}\r\nPING\r\n");
        (await client.NextAsync()).ShouldBe("PONG");
        _connection.ServerInfo.ShouldNotBeNull().LameDuckMode.ShouldBeTrue();
        Should.Throw<NatsPayloadTooLargeException>(() => _connection.PublishAsync("a", "four"u8).AsTask()).Limit.ShouldBe(3);
    }

    [Fact]
    public async Task Messages_Sent_ReachTheirOwnSinksInOrder()
    {
        var first = new RecordingSink();
        var second = new RecordingSink();
        await _connection.SubscribeAsync("a", first);
        await _connection.SubscribeAsync("b", second);
        FakeClient client = await _connection.OpenAsync(_server);
        await client.SendAsync("MSG a 1 1\r\n1\r\nMSG b 2 r 1\r\n2\r\nMSG x 99 1\r\nx\r\nHMSG a 1 18 19\r\nNATS/1.0\r\nA: b\r\n\r\n3\r\n");
        (await first.NextTextAsync()).ShouldBe("1");
        NatsMessage third = await first.NextAsync();
        third.Headers.ShouldNotBeNull()["a"].ShouldBe("b");
        NatsMessage other = await second.NextAsync();
        (other.Subject, other.ReplyTo, other.Headers).ShouldBe(("b", "r", null));
    }

    [Fact]
    public async Task Sink_ThatThrows_LosesItsMessageAndNothingElse()
    {
        int calls = 0;
        var sink = new RecordingSink(_ => ++calls switch
        {
            1 => throw new InvalidOperationException("at once"),
            2 => FailLaterAsync(),
            _ => ValueTask.CompletedTask,
        });
        var events = new EventLog(_connection);
        await _connection.SubscribeAsync("a", sink);
        FakeClient client = await _connection.OpenAsync(_server);
        foreach (string payload in new[] { "1", "2", "3" })
            await client.MessageAsync(1, payload);
        (await sink.NextTextAsync()).ShouldBe("1");
        (await sink.NextTextAsync()).ShouldBe("2");
        (await sink.NextTextAsync()).ShouldBe("3");
        await _connection.FlushAsync().WithinDeadline();
        events.Kinds.ShouldBe([NatsConnectionEventKind.Connected]);

        static async ValueTask FailLaterAsync()
        {
            await Task.Yield();
            throw new InvalidOperationException("later");
        }
    }

    [Fact]
    public async Task Sink_ThatIsSlow_HoldsTheSocketBackAndLosesNothing()
    {
        const int Count = 1000;
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sink = new RecordingSink(_ => new ValueTask(release.Task));
        await _connection.SubscribeAsync("a", sink);
        FakeClient client = await _connection.OpenAsync(_server);
        string filler = new('x', 32 * 1024);
        Task sending = Task.Run(async () =>
        {
            for (int i = 0; i < Count; i++)
                await client.MessageAsync(1, $"{i} {filler}");
        });
        (await sink.NextTextAsync()).ShouldStartWith("0 ");
        await Task.WhenAny(sending, Task.Delay(300));
        sending.IsCompleted.ShouldBeFalse("32 MB cannot leave the server while the client does not read");
        sink.Rest().ShouldBeEmpty();

        // What is published meanwhile does not wait for the sink.
        await _connection.PublishAsync("meanwhile", "1"u8);
        (await client.NextAsync()).ShouldBe("SUB a 1");
        (await client.NextAsync()).ShouldBe("PUB meanwhile 1|1");

        release.SetResult();
        for (int i = 1; i < Count; i++)
            (await sink.NextTextAsync()).ShouldStartWith($"{i} ");
        await sending.WithinDeadline();
    }

    [Fact]
    public async Task Sink_ThatIsHeldWhenTheConnectionBreaks_DoesNotDelayTheNews()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int running = 0;
        int most = 0;
        var sink = new RecordingSink(async _ =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await release.Task;
            Interlocked.Decrement(ref running);
        });
        var events = new EventLog(_connection);
        await _connection.SubscribeAsync("a", sink);
        FakeClient client = await _connection.OpenAsync(_server);
        await events.NextAsync(NatsConnectionEventKind.Connected);
        await client.MessageAsync(1, "held");
        (await sink.NextTextAsync()).ShouldBe("held");
        Task<NatsReply> request = _connection.RequestAsync("service", ""u8, TimeSpan.FromMinutes(1)).AsTask();
        (await client.NextAsync()).ShouldBe("SUB a 1");
        (await client.NextAsync()).ShouldStartWith("SUB _INBOX");
        (await client.NextAsync()).ShouldStartWith("PUB service");

        // The receive loop does not read now; a send that fails is how the cut is found.
        client.Cut();
        _ = Task.Run(async () =>
        {
            while (!request.IsCompleted)
            {
                await _connection.PublishAsync("noise", "x"u8);
                await Task.Delay(5);
            }
        });
        await events.NextAsync(NatsConnectionEventKind.Disconnected);
        (await request.WithinDeadline()).Status.ShouldBe(NatsReplyStatus.Disconnected);
        await events.NextAsync(NatsConnectionEventKind.Reconnected);

        // One at a time all the same: the next message waits for the one that is held.
        client = await _server.NextClientAsync();
        await client.MessageAsync(1, "next");
        sink.Rest().ShouldBeEmpty();
        release.SetResult();
        (await sink.NextTextAsync()).ShouldBe("next");
        await Soon.HoldsAsync(() => Volatile.Read(ref running) == 0, "the sink is done");
        most.ShouldBe(1);
    }

    [Fact]
    public async Task Sink_WithAPooledTask_GetsItBackEachTime()
    {
        var source = new CompletedSource();
        var sink = new RecordingSink(_ => new ValueTask(source, 0));
        await _connection.SubscribeAsync("a", sink);
        FakeClient client = await _connection.OpenAsync(_server);
        await client.MessageAsync(1, "1");
        await client.MessageAsync(1, "2");
        await sink.NextAsync();
        await sink.NextAsync();
        await _connection.FlushAsync().WithinDeadline();
        source.Results.ShouldBe(2);
    }

    [Fact]
    public async Task Drain_OfASubscription_DeliversAllThatWasSentBefore()
    {
        var sink = new RecordingSink();
        INatsSubscription subscription = await _connection.SubscribeAsync("a", sink);
        FakeClient client = await _connection.OpenAsync(_server);
        (await client.NextAsync()).ShouldBe("SUB a 1");
        client.AnswerPings = false;
        Task draining = subscription.DrainAsync().AsTask();
        (await client.NextAsync()).ShouldBe("UNSUB 1");
        await Soon.HoldsAsync(() => client.Pings == 1, "the PING has come");
        for (int i = 0; i < 100; i++)
            await client.MessageAsync(1, $"{i}");
        draining.IsCompleted.ShouldBeFalse();
        sink.Closed.IsCompleted.ShouldBeFalse();
        await client.SendAsync("PONG\r\n");
        await draining.WithinDeadline();
        (await sink.Closed.WithinDeadline()).ShouldBeNull();
        sink.Rest().ShouldBe(Enumerable.Range(0, 100).Select(i => $"{i}"));
    }

    [Fact]
    public async Task Acks_OfOneReceive_LeaveTogetherAndInOrder()
    {
        var sink = new RecordingSink(message => _connection.PublishAsync(message.ReplyTo!, "+ACK"u8));
        await _connection.SubscribeAsync("a", sink);
        FakeClient client = await _connection.OpenAsync(_server);
        await client.SendAsync(string.Concat(Enumerable.Range(0, 500).Select(i => $"MSG a 1 ack.{i} 0\r\n\r\n")));
        (await client.NextAsync()).ShouldBe("SUB a 1");
        for (int i = 0; i < 500; i++)
            (await client.NextAsync()).ShouldBe($"PUB ack.{i} 4|+ACK");
    }

    private sealed class CompletedSource : IValueTaskSource
    {
        private int _results;

        public int Results => Volatile.Read(ref _results);

        [MethodImpl(MethodImplOptions.NoInlining)]
        public void GetResult(short token) => Interlocked.Increment(ref _results);

        public ValueTaskSourceStatus GetStatus(short token) => ValueTaskSourceStatus.Succeeded;

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) => continuation(state);
    }
}
