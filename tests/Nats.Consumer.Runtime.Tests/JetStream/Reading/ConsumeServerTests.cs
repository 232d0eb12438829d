using System.Diagnostics;
using System.Globalization;
using Nats.Consumer.Client;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.JetStream.Reading;

[Trait("Category", "Server")]
public class ConsumeServerTests(TestServer server) : IClassFixture<TestServer>
{
    private readonly IJetStream _js = server.JetStream;

    [Theory]
    [InlineData(1, 50)]
    [InlineData(10, 1_000)]
    [InlineData(1_000, 5_000)]
    public async Task Consume_Many_IsEachOnceAndInOrder(int window, int count)
    {
        await using TestStream stream = await StreamAsync();
        await PublishAsync(stream, count, _ => 10);
        ulong expected = 0;
        await foreach (JetStreamMessage message in _js.ConsumeAsync(stream.Name, "c", new ConsumeOptions { MaxMessages = window }))
        {
            message.StreamSequence.ShouldBe(++expected);
            await message.AckAsync();
            if ((int)expected == count)
                break;
        }

        await stream.SettledAsync("c");
        (await stream.ConsumerAsync("c")).Redelivered.ShouldBe(0);
    }

    [Fact]
    public async Task Consume_LimitedByBytesAndSlow_LosesNothing()
    {
        const int Count = 2_000;
        const int MaxBytes = 20_000;
        await using TestStream stream = await StreamAsync();
        await PublishAsync(stream, Count, i => i % 97 == 0 ? 30_000 : i * 37 % 3_000); // some do not fit at all
        int seen = 0;
        await foreach (JetStreamMessage message in _js.ConsumeAsync(stream.Name, "c", new ConsumeOptions { MaxMessages = 10_000, MaxBytes = MaxBytes }))
        {
            (message.StreamSequence, message.DeliveryCount).ShouldBe(((ulong)++seen, 1));
            if (seen % 100 == 0)
                await Task.Delay(5);
            await message.AckAsync();
            if (seen == Count)
                break;
        }

        await stream.SettledAsync("c");
    }

    [Fact]
    public async Task Consume_SlowReader_IsNotOverrun()
    {
        await using TestStream stream = await StreamAsync();
        await PublishAsync(stream, 200, _ => 10);
        int seen = 0;
        await foreach (JetStreamMessage message in _js.ConsumeAsync(stream.Name, "c", new ConsumeOptions { MaxMessages = 10 }))
        {
            if (++seen % 20 == 0)
                (await stream.ConsumerAsync("c")).AckPending.ShouldBeLessThanOrEqualTo(11); // the window, and the one in hand
            await message.AckSyncAsync();
            if (seen == 200)
                break;
        }
    }

    [Fact]
    public async Task Consume_LeftEarly_HandsTheRestBackAtOnce()
    {
        await using TestStream stream = await StreamAsync();
        await PublishAsync(stream, 50, _ => 10);
        await foreach (JetStreamMessage message in _js.ConsumeAsync(stream.Name, "c"))
        {
            await message.AckAsync();
            break;
        }

        long started = Stopwatch.GetTimestamp();
        (await _js.FetchAsync(stream.Name, "c", new FetchOptions { MaxMessages = 49, Expires = TimeSpan.FromSeconds(5) }).CountAsync()).ShouldBe(49);
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(5)); // the ack wait is 30 s
    }

    [Fact]
    public async Task Consume_Cancelled_EndsAndHandsBack()
    {
        await using TestStream stream = await StreamAsync();
        await PublishAsync(stream, 5, _ => 10);
        using var cancel = new CancellationTokenSource();
        int seen = 0;
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (JetStreamMessage message in _js.ConsumeAsync(stream.Name, "c", cancellationToken: cancel.Token))
            {
                await message.AckAsync();
                if (++seen == 2)
                    await cancel.CancelAsync();
            }
        });
        (await _js.FetchAsync(stream.Name, "c", new FetchOptions { MaxMessages = 3, Expires = TimeSpan.FromSeconds(5) }).CountAsync()).ShouldBe(3);
    }

    [Fact]
    public async Task Consume_ServerRestarts_GoesOn()
    {
        const int Count = 3_000;
        await using TestServer own = await TestServer.StartAsync();
        await using TestStream stream = await own.StreamAsync();
        await own.JetStream.CreateConsumerAsync(stream.Name, new ConsumerConfig { DurableName = "c", AckWait = TimeSpan.FromSeconds(2) });
        await PublishAsync(stream, Count, _ => 10, own);
        var seen = new HashSet<ulong>();
        await foreach (JetStreamMessage message in own.JetStream.ConsumeAsync(stream.Name, "c", new ConsumeOptions { MaxMessages = 50 }))
        {
            seen.Add(message.StreamSequence);
            await message.AckAsync();
            if (seen.Count == Count / 2 && message.DeliveryCount == 1)
                await own.Process.RestartAsync();
            if (seen.Count == Count)
                break;
        }
    }

    [Fact]
    public async Task Consume_IdleAndServerRestarts_GetsTheNextMessageAtOnce()
    {
        await using TestServer own = await TestServer.StartAsync();
        await using TestStream stream = await own.StreamAsync();
        await own.JetStream.CreateConsumerAsync(stream.Name, new ConsumerConfig { DurableName = "c" });
        await using IAsyncEnumerator<JetStreamMessage> reading = own.JetStream.ConsumeAsync(stream.Name, "c").GetAsyncEnumerator();
        ValueTask<bool> next = reading.MoveNextAsync();
        await Until.TrueAsync(async () => (await own.JetStream.GetConsumerAsync(stream.Name, "c"))!.Waiting == 1, "the pull");
        await own.Process.RestartAsync();
        await Until.TrueAsync(() => own.Connection.State == NatsConnectionState.Connected, "the connection");
        await stream.PublishAsync("work.a");
        (await next.AsTask().WaitAsync(TimeSpan.FromSeconds(5))).ShouldBeTrue();
        await reading.Current.AckAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Consume_ConsumerOrStreamDeleted_SaysSo(bool wholeStream)
    {
        await using TestStream stream = await StreamAsync();
        Task<List<JetStreamMessage>> reading = _js.ConsumeAsync(stream.Name, "c").ToListAsync().AsTask();
        await Until.TrueAsync(async () => (await _js.GetConsumerAsync(stream.Name, "c"))!.Waiting == 1, "the pull");
        if (wholeStream)
            await _js.DeleteStreamAsync(stream.Name);
        else
            await _js.DeleteConsumerAsync(stream.Name, "c");
        (await Should.ThrowAsync<JetStreamException>(reading.WaitAsync(TimeSpan.FromSeconds(20)))).Message.ShouldContain(wholeStream ? "stream not found" : "does not exist");
    }

    [Fact]
    public async Task Consume_ConsumerHasLimits_AsksWithinThem()
    {
        await using TestStream stream = await StreamAsync(new ConsumerConfig
        {
            DurableName = "c",
            MaxRequestBatch = 5,
            MaxRequestExpires = TimeSpan.FromSeconds(1),
            MaxRequestBytes = 1_000,
        });
        await PublishAsync(stream, 100, i => i * 4);
        int seen = 0;
        await foreach (JetStreamMessage message in _js.ConsumeAsync(stream.Name, "c", new ConsumeOptions { MaxMessages = 500 }))
        {
            await message.AckAsync();
            if (++seen == 100)
                break;
        }

        await stream.SettledAsync("c");
    }

    [Fact]
    public async Task Consume_RequestsExpire_GoesOn()
    {
        await using TestStream stream = await StreamAsync(new ConsumerConfig { DurableName = "c", MaxRequestExpires = TimeSpan.FromMilliseconds(300) });
        await using IAsyncEnumerator<JetStreamMessage> reading = _js.ConsumeAsync(stream.Name, "c").GetAsyncEnumerator();
        for (int i = 0; i < 3; i++)
        {
            ValueTask<bool> next = reading.MoveNextAsync();
            await Task.Delay(700);
            await stream.PublishAsync("work.a");
            (await next.AsTask().WaitAsync(TimeSpan.FromSeconds(5))).ShouldBeTrue();
            await reading.Current.AckAsync();
        }
    }

    [Fact]
    public async Task Consume_CannotBePulledFrom_SaysWhy()
    {
        await using TestStream stream = await StreamAsync();
        await Should.ThrowAsync<JetStreamException>(async () => await _js.ConsumeAsync(stream.Name, "none").AnyAsync());
        await Should.ThrowAsync<ArgumentException>(async () => await _js.ConsumeAsync("a.b", "c").AnyAsync());
        Should.Throw<ArgumentOutOfRangeException>(() => _js.ConsumeAsync("s", "c", new ConsumeOptions { MaxMessages = 0 }));
        Should.Throw<ArgumentOutOfRangeException>(() => _js.ConsumeAsync("s", "c", new ConsumeOptions { MaxBytes = 0 }));
    }

    [Fact]
    public async Task Consume_TwoReaders_ShareTheWork()
    {
        await using TestStream stream = await StreamAsync();
        await PublishAsync(stream, 500, _ => 10);
        using var done = new CancellationTokenSource();
        int total = 0;
        int[] counts = await Task.WhenAll(Enumerable.Range(0, 2).Select(async _ =>
        {
            int own = 0;
            try
            {
                await foreach (JetStreamMessage message in _js.ConsumeAsync(stream.Name, "c", new ConsumeOptions { MaxMessages = 10 }, done.Token))
                {
                    await message.AckSyncAsync();
                    own++;
                    if (Interlocked.Increment(ref total) == 500)
                        await done.CancelAsync();
                }
            }
            catch (OperationCanceledException)
            {
            }

            return own;
        }));
        counts.Sum().ShouldBe(500);
        counts.ShouldAllBe(count => count > 0);
    }

    private async Task<TestStream> StreamAsync(ConsumerConfig? consumer = null)
    {
        TestStream stream = await server.StreamAsync();
        await _js.CreateConsumerAsync(stream.Name, consumer ?? new ConsumerConfig { DurableName = "c" });
        return stream;
    }

    private async Task PublishAsync(TestStream stream, int count, Func<int, int> size, TestServer? own = null)
    {
        await using PublishWindow window = (own ?? server).JetStream.OpenPublishWindow();
        for (int i = 0; i < count; i++)
            await window.PublishAsync(string.Create(CultureInfo.InvariantCulture, $"work.{i}"), new byte[size(i)]);
        (await window.FlushAsync()).Stored.ShouldBe(count, stream.Name);
    }
}
