using System.Text;
using Nats.Consumer.Client.Tests.Support;

namespace Nats.Consumer.Client.Tests.Server;

[Trait("Category", "Server")]
public sealed class PublishSubscribeTests(OpenServer server) : IClassFixture<OpenServer>, IAsyncLifetime
{
    private NatsConnection _connection = null!;

    public async ValueTask InitializeAsync() => _connection = await server.ConnectAsync();

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    [Fact]
    public async Task Message_Published_ReachesTheSubscriber()
    {
        var sink = new RecordingSink();
        await _connection.SubscribeAsync("ps.größe.*", sink);
        await _connection.PublishAsync("ps.größe.1", "hello"u8, replyTo: "some.reply");
        NatsMessage message = await sink.NextAsync();
        message.Subject.ShouldBe("ps.größe.1");
        message.ReplyTo.ShouldBe("some.reply");
        message.Headers.ShouldBeNull();
        Encoding.UTF8.GetString(message.Payload.Span).ShouldBe("hello");
    }

    [Fact]
    public async Task Message_WithHeaders_KeepsThem()
    {
        var sink = new RecordingSink();
        await _connection.SubscribeAsync("headers", sink);
        await _connection.PublishAsync("headers", ""u8, new NatsHeaders { { "A", "1" }, { "Größe", "ü: x" }, { "a", "2" }, { "Empty", "" } });
        NatsHeaders headers = (await sink.NextAsync()).Headers.ShouldNotBeNull();
        headers.Select(entry => $"{entry.Key}={entry.Value}").ShouldBe(["A=1", "Größe=ü: x", "a=2", "Empty="]);
    }

    [Fact]
    public async Task Group_OfSubscribers_SharesTheMessages()
    {
        var sinks = new[] { new RecordingSink(), new RecordingSink(), new RecordingSink() };
        foreach (RecordingSink sink in sinks)
            await _connection.SubscribeAsync("group", sink, "workers");
        for (int i = 0; i < 300; i++)
            await _connection.PublishAsync("group", Encoding.ASCII.GetBytes($"{i}"));
        await _connection.FlushAsync().WithinDeadline();
        List<string>[] shares = [.. sinks.Select(sink => sink.Rest())];
        shares.SelectMany(share => share).Select(int.Parse).Order().ShouldBe(Enumerable.Range(0, 300));
        shares.ShouldAllBe(share => share.Count > 0);
    }

    [Fact]
    public async Task Subscription_Disposed_ReceivesNothingMore()
    {
        var sink = new RecordingSink();
        INatsSubscription subscription = await _connection.SubscribeAsync("once", sink);
        await _connection.PublishAsync("once", "1"u8);
        (await sink.NextTextAsync()).ShouldBe("1");
        await subscription.DisposeAsync();
        await _connection.PublishAsync("once", "2"u8);
        await _connection.FlushAsync().WithinDeadline();
        sink.Rest().ShouldBeEmpty();
    }

    [Fact]
    public async Task Drain_WithMessagesOnTheWay_DeliversThemAll()
    {
        await using NatsConnection publisher = await server.ConnectAsync();
        var sink = new RecordingSink();
        INatsSubscription subscription = await _connection.SubscribeAsync("drain", sink);
        await _connection.FlushAsync().WithinDeadline();
        for (int i = 0; i < 20_000; i++)
            await publisher.PublishAsync("drain", Encoding.ASCII.GetBytes($"{i}"));
        await publisher.FlushAsync().WithinDeadline();
        await subscription.DrainAsync().WithinDeadline();
        await sink.Closed.WithinDeadline();
        sink.Rest().ShouldBe(Enumerable.Range(0, 20_000).Select(i => $"{i}"));
    }

    [Fact]
    public async Task Payload_OfAMebibyte_ArrivesWhole()
    {
        byte[] payload = new byte[1024 * 1024];
        new Random(1).NextBytes(payload);
        var sink = new RecordingSink();
        await _connection.SubscribeAsync("big", sink);
        await _connection.PublishAsync("big", payload);
        (await sink.NextAsync()).Payload.Span.SequenceEqual(payload).ShouldBeTrue();
    }

    [Fact]
    public async Task Payload_TooLarge_IsRefusedBeforeItIsSent()
    {
        byte[] payload = new byte[(1024 * 1024) + 1];
        NatsPayloadTooLargeException e = Should.Throw<NatsPayloadTooLargeException>(() => _connection.PublishAsync("big", payload).AsTask());
        (e.Size, e.Limit).ShouldBe((payload.Length, 1024 * 1024));
        e.Message.ShouldContain("max_payload");
        await _connection.FlushAsync().WithinDeadline();
    }

    [Fact]
    public async Task Messages_OfManyPublishers_ArriveInTheirOrderWithoutLoss()
    {
        const int Publishers = 10;
        const int Each = 10_000;
        var next = new int[Publishers];
        int received = 0;
        var done = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _connection.SubscribeAsync("many.*", new CountingSink(message =>
        {
            int publisher = message[0];
            int number = BitConverter.ToInt32(message.AsSpan(1));
            if (number != next[publisher]++)
                done.TrySetResult($"publisher {publisher}: {number} instead of {next[publisher] - 1}");
            if (++received == Publishers * Each)
                done.TrySetResult("all");
        }));
        await _connection.FlushAsync().WithinDeadline();
        await Task.WhenAll(Enumerable.Range(0, Publishers).Select(publisher => Task.Run(async () =>
        {
            await using NatsConnection connection = await server.ConnectAsync();
            for (int number = 0; number < Each; number++)
                await connection.PublishAsync($"many.{publisher}", [(byte)publisher, .. BitConverter.GetBytes(number)]);
        }))).WithinDeadline();
        (await done.Task.WithinDeadline()).ShouldBe("all");
    }

    [Fact]
    public async Task Messages_OfManyThreadsOnOneConnection_AllArrive()
    {
        const int Threads = 8;
        const int Each = 5_000;
        int received = 0;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _connection.SubscribeAsync("threads", new CountingSink(_ =>
        {
            if (++received == Threads * Each)
                done.TrySetResult();
        }));
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Run(async () =>
        {
            for (int i = 0; i < Each; i++)
                await _connection.PublishAsync("threads", "12345678"u8);
        }))).WithinDeadline();
        await done.Task.WithinDeadline();
    }

    private sealed class CountingSink(Action<byte[]> take) : INatsMessageSink
    {
        public ValueTask OnMessageAsync(in ReceivedMessage message)
        {
            take(message.Payload.ToArray());
            return ValueTask.CompletedTask;
        }

        public void OnClosed(Exception? reason)
        {
        }
    }
}
