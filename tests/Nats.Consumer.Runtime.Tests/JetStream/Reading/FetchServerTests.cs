using System.Diagnostics;
using System.Text;
using Nats.Consumer.Client;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.JetStream.Reading;

[Trait("Category", "Server")]
public class FetchServerTests(TestServer server) : IClassFixture<TestServer>
{
    private sealed record Order(int Id);

    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);
    private readonly IJetStream _js = server.JetStream;

    [Fact]
    public async Task Fetch_FewerThanThereAre_IsThatMany()
    {
        await using TestStream stream = await StreamAsync();
        await stream.PublishManyAsync(10);
        List<JetStreamMessage> first = await _js.FetchAsync(stream.Name, "c", new FetchOptions { MaxMessages = 4 }).ToListAsync();
        List<JetStreamMessage> second = await _js.FetchAsync(stream.Name, "c", new FetchOptions { MaxMessages = 100, NoWait = true }).ToListAsync();
        first.Concat(second).Select(message => message.StreamSequence).ShouldBe(Enumerable.Range(1, 10).Select(i => (ulong)i));
    }

    [Fact]
    public async Task Fetch_MoreThanThereAre_EndsWhenTheTimeIsOver()
    {
        await using TestStream stream = await StreamAsync();
        await stream.PublishManyAsync(3);
        long started = Stopwatch.GetTimestamp();
        (await _js.FetchAsync(stream.Name, "c", new FetchOptions { MaxMessages = 10, Expires = Short }).CountAsync()).ShouldBe(3);
        Stopwatch.GetElapsedTime(started).ShouldBeGreaterThan(Short - TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public async Task Fetch_MessagesComeLater_AreHandedOutAtOnce()
    {
        await using TestStream stream = await StreamAsync();
        await using IAsyncEnumerator<JetStreamMessage> fetch = _js.FetchAsync(stream.Name, "c", new FetchOptions { MaxMessages = 2 }).GetAsyncEnumerator();
        ValueTask<bool> first = fetch.MoveNextAsync();
        await stream.PublishAsync("work.a");
        (await first.AsTask().WaitAsync(TimeSpan.FromSeconds(5))).ShouldBeTrue();
        fetch.Current.Subject.ShouldBe("work.a");
    }

    [Fact]
    public async Task FetchNoWait_Empty_IsNothingAtOnce()
    {
        await using TestStream stream = await StreamAsync();
        long started = Stopwatch.GetTimestamp();
        (await _js.FetchAsync(stream.Name, "c", new FetchOptions { NoWait = true }).AnyAsync()).ShouldBeFalse();
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(3)); // far below the time-out of a request
    }

    [Fact]
    public async Task Fetch_MaxBytes_EndsBeforeTheNextMessage()
    {
        await using TestStream stream = await StreamAsync();
        for (int i = 0; i < 5; i++)
            await stream.PublishAsync("work.a", new string('x', 400));
        List<JetStreamMessage> fetched = await _js.FetchAsync(stream.Name, "c", new FetchOptions { MaxBytes = 1100 }).ToListAsync();
        fetched.Count.ShouldBe(2);
        fetched.Sum(message => message.Size).ShouldBeLessThanOrEqualTo(1100);
        (await _js.FetchAsync(stream.Name, "c", new FetchOptions { NoWait = true }).CountAsync()).ShouldBe(3);
    }

    [Fact]
    public async Task Fetch_MessageLargerThanMaxBytes_SaysSo()
    {
        await using TestStream stream = await StreamAsync();
        await stream.PublishAsync("work.a", new string('x', 400));
        (await FailsAsync(stream.Name, "c", new FetchOptions { MaxBytes = 100 })).Message
            .ShouldBe($"The next message of consumer 'c' of stream '{stream.Name}' is larger than MaxBytes (100). Ask for more bytes.");
    }

    [Fact]
    public async Task Message_Parts_AreThere()
    {
        await using TestStream stream = await StreamAsync();
        await stream.PublishAsync("work.a", """{"id":7}""", new NatsHeaders { { "trace", "größe" } });
        await stream.PublishAsync("work.b", "");
        List<JetStreamMessage> messages = await _js.FetchAsync(stream.Name, "c", new FetchOptions { NoWait = true }).ToListAsync();
        JetStreamMessage first = messages[0];
        (first.Subject, first.Stream, first.Consumer, first.StreamSequence, first.ConsumerSequence, first.DeliveryCount, first.Pending).ShouldBe(("work.a", stream.Name, "c", 1ul, 1ul, 1, 1ul));
        first.Timestamp.ShouldBeInRange(DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddMinutes(1));
        first.Read<Order>().ShouldBe(new Order(7));
        Encoding.UTF8.GetString(first.Payload.Span).ShouldBe("""{"id":7}""");
        first.Headers!["trace"].ShouldBe("größe");
        (messages[1].Headers, messages[1].Payload.Length, messages[1].Pending).ShouldBe((null, 0, 0ul));
        Should.Throw<PayloadException>(() => messages[1].Read<Order>());
    }

    [Fact]
    public async Task Settle_EveryWay_IsWhatTheServerDoes()
    {
        await using TestStream stream = await StreamAsync(new ConsumerConfig { DurableName = "c", AckWait = TimeSpan.FromSeconds(2) });
        await stream.PublishManyAsync(6);
        List<JetStreamMessage> messages = await _js.FetchAsync(stream.Name, "c", new FetchOptions { MaxMessages = 6 }).ToListAsync();
        await messages[0].AckAsync();
        await messages[1].AckSyncAsync();
        await messages[2].TermAsync("no good");
        await messages[3].NakAsync();
        await messages[4].NakAsync(TimeSpan.FromMilliseconds(400));
        long asked = Stopwatch.GetTimestamp();
        messages[5].IsSettled.ShouldBeFalse();
        messages[4].IsSettled.ShouldBeTrue();

        JetStreamMessage again = await NextAsync(stream.Name);
        (again.StreamSequence, again.DeliveryCount).ShouldBe((4ul, 2));
        await again.AckAsync();
        again = await NextAsync(stream.Name);
        (again.StreamSequence, again.DeliveryCount).ShouldBe((5ul, 2));
        Stopwatch.GetElapsedTime(asked).TotalMilliseconds.ShouldBeInRange(380, 1900); // before the ack wait
        await again.AckAsync();

        // The last one is kept in hand for longer than the ack wait, and said to be in progress.
        for (int i = 0; i < 6; i++)
        {
            await Task.Delay(400);
            await messages[5].InProgressAsync();
        }

        await messages[5].AckSyncAsync();
        await stream.SettledAsync("c");
        (await stream.ConsumerAsync("c")).Redelivered.ShouldBe(0);
    }

    [Fact]
    public async Task Settle_Twice_DoesNothingAndIsLogged()
    {
        await using TestStream stream = await StreamAsync();
        await stream.PublishAsync("work.a");
        JetStreamMessage message = await NextAsync(stream.Name);
        await message.AckSyncAsync();
        await message.NakAsync();
        await message.AckAsync();
        await message.AckSyncAsync();
        await message.InProgressAsync();
        await server.Log.ContainsAsync($"Message 1 of stream '{stream.Name}' was settled twice");
        await stream.SettledAsync("c");
    }

    [Fact]
    public async Task AckSync_ConsumerIsGone_SaysSoAndMayBeTriedAgain()
    {
        await using TestStream stream = await StreamAsync();
        await stream.PublishAsync("work.a");
        JetStreamMessage message = await NextAsync(stream.Name);
        await _js.DeleteConsumerAsync(stream.Name, "c");
        await Should.ThrowAsync<NatsException>(message.AckSyncAsync().AsTask());
        message.IsSettled.ShouldBeFalse();
    }

    [Fact]
    public async Task Fetch_LeftEarly_HandsTheRestBackAtOnce()
    {
        await using TestStream stream = await StreamAsync();
        await stream.PublishManyAsync(5);
        await foreach (JetStreamMessage message in _js.FetchAsync(stream.Name, "c", new FetchOptions { MaxMessages = 50 }))
        {
            await message.AckAsync();
            break;
        }

        List<JetStreamMessage> rest = await _js.FetchAsync(stream.Name, "c", new FetchOptions { MaxMessages = 4, Expires = TimeSpan.FromSeconds(5) }).ToListAsync();
        rest.Select(message => message.StreamSequence).Order().ShouldBe([2ul, 3ul, 4ul, 5ul]);
    }

    [Fact]
    public async Task Fetch_Cancelled_Ends()
    {
        await using TestStream stream = await StreamAsync();
        using var cancel = new CancellationTokenSource(100);
        await Should.ThrowAsync<OperationCanceledException>(async () => await _js.FetchAsync(stream.Name, "c").ToListAsync(cancel.Token));
        await Until.TrueAsync(async () => (await _js.GetConsumerAsync(stream.Name, "c"))!.Waiting == 0, "the pull to go");
    }

    [Fact]
    public async Task Fetch_ConsumerCannotBePulledFrom_SaysWhy()
    {
        await using TestStream stream = await StreamAsync();
        await _js.CreateConsumerAsync(stream.Name, new ConsumerConfig { DurableName = "push", DeliverSubject = "to.me" });
        await _js.CreateConsumerAsync(stream.Name, new ConsumerConfig { DurableName = "narrow", MaxRequestBatch = 5, MaxRequestExpires = TimeSpan.FromSeconds(1), MaxRequestBytes = 100 });
        (await FailsAsync(stream.Name, "none")).Message.ShouldBe($"Consumer 'none' of stream '{stream.Name}' does not exist. Create it with CreateConsumerAsync, or check the names.");
        (await FailsAsync("none", "c")).Message.ShouldContain("stream not found");
        (await FailsAsync(stream.Name, "push")).Message.ShouldContain("is a push consumer");
        (await FailsAsync(stream.Name, "narrow", new FetchOptions { MaxMessages = 6, NoWait = true })).Message
            .ShouldBe($"Consumer 'narrow' of stream '{stream.Name}' refuses the pull (409 Exceeded MaxRequestBatch of 5). Ask for fewer messages, or raise the consumer's MaxRequestBatch.");
        (await FailsAsync(stream.Name, "narrow", new FetchOptions { MaxMessages = 5, Expires = TimeSpan.FromSeconds(2) })).Message.ShouldContain("MaxRequestExpires");
        (await FailsAsync(stream.Name, "narrow", new FetchOptions { MaxMessages = 5, NoWait = true, MaxBytes = 101 })).Message.ShouldContain("MaxRequestBytes");
    }

    [Fact]
    public async Task Fetch_ConsumerDeletedMeanwhile_SaysSo()
    {
        await using TestStream stream = await StreamAsync();
        Task<List<JetStreamMessage>> fetch = _js.FetchAsync(stream.Name, "c").ToListAsync().AsTask();
        await Until.TrueAsync(async () => (await _js.GetConsumerAsync(stream.Name, "c"))!.Waiting == 1, "the pull");
        await _js.DeleteConsumerAsync(stream.Name, "c");
        (await Should.ThrowAsync<JetStreamException>(fetch)).Message.ShouldContain("does not exist");
    }

    [Fact]
    public async Task Fetch_ConsumerDeletedBefore_SaysSo()
    {
        // Before 2.10 the server does not answer the pull at all.
        await using TestStream stream = await StreamAsync();
        await _js.FetchAsync(stream.Name, "c", new FetchOptions { NoWait = true }).AnyAsync();
        await _js.DeleteConsumerAsync(stream.Name, "c");
        (await FailsAsync(stream.Name, "c", new FetchOptions { Expires = Short })).Message.ShouldContain("does not exist");
    }

    [Fact]
    public async Task Fetch_ServerRestartsMeanwhile_GoesOn()
    {
        await using TestServer own = await TestServer.StartAsync();
        await using TestStream stream = await own.StreamAsync();
        await own.JetStream.CreateConsumerAsync(stream.Name, new ConsumerConfig { DurableName = "c" });
        Task<List<JetStreamMessage>> fetch = own.JetStream.FetchAsync(stream.Name, "c", new FetchOptions { MaxMessages = 2 }).ToListAsync().AsTask();
        await stream.PublishAsync("work.a");
        await Until.TrueAsync(async () => (await stream.ConsumerAsync("c")).AckPending == 1, "the first message");
        await own.Process.RestartAsync();
        await Until.TrueAsync(() => own.Connection.State == NatsConnectionState.Connected, "the connection");
        await stream.PublishAsync("work.b");
        (await fetch.WaitAsync(TimeSpan.FromSeconds(20))).Select(message => message.Subject).ShouldBe(["work.a", "work.b"]);
    }

    [Fact]
    public async Task Fetch_Group_PullsForIt()
    {
        Assert.SkipUnless(server.Version >= new Version(2, 11), "Priority groups came with nats-server 2.11.");
        await using TestStream stream = await StreamAsync(new ConsumerConfig { DurableName = "c", PriorityGroups = ["A"], PriorityPolicy = PriorityPolicy.Overflow });
        await stream.PublishManyAsync(3);
        (await FailsAsync(stream.Name, "c", new FetchOptions { NoWait = true })).Message.ShouldContain("The consumer has priority groups: state the one to pull for.");
        (await _js.FetchAsync(stream.Name, "c", new FetchOptions { Expires = Short, Group = new PullGroup("A") { MinPending = 10 } }).CountAsync()).ShouldBe(0);
        (await _js.FetchAsync(stream.Name, "c", new FetchOptions { Expires = Short, Group = new PullGroup("A") }).CountAsync()).ShouldBe(3);
    }

    [Theory]
    [InlineData(0, null, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, null, 0)]
    public void Options_OutOfRange_AreRefused(int messages, int? bytes, int seconds) => Should.Throw<ArgumentOutOfRangeException>(
        () => _js.FetchAsync("s", "c", new FetchOptions { MaxMessages = messages, MaxBytes = bytes, Expires = TimeSpan.FromSeconds(seconds) }));

    private async Task<TestStream> StreamAsync(ConsumerConfig? consumer = null)
    {
        TestStream stream = await server.StreamAsync();
        await _js.CreateConsumerAsync(stream.Name, consumer ?? new ConsumerConfig { DurableName = "c" });
        return stream;
    }

    private async Task<JetStreamMessage> NextAsync(string stream) =>
        await _js.FetchAsync(stream, "c", new FetchOptions { MaxMessages = 1, Expires = TimeSpan.FromSeconds(5) }).FirstAsync();

    private async Task<JetStreamException> FailsAsync(string stream, string consumer, FetchOptions? options = null) =>
        await Should.ThrowAsync<JetStreamException>(async () => await _js.FetchAsync(stream, consumer, options).ToListAsync());
}
