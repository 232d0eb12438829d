using Nats.Consumer.Client;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.JetStream.Reading;

[Trait("Category", "Server")]
public class OrderedServerTests(TestServer server) : IClassFixture<TestServer>
{
    private readonly IJetStream _js = server.JetStream;

    [Fact]
    public async Task Ordered_ToTheEnd_IsAllInOrder()
    {
        await using TestStream stream = await server.StreamAsync();
        await stream.PublishManyAsync(1_500);
        List<ulong> read = await _js.ConsumeOrderedAsync(stream.Name, new OrderedOptions { StopAtEnd = true, MaxMessages = 100 }).Select(message => message.StreamSequence).ToListAsync();
        read.ShouldBe(Enumerable.Range(1, 1_500).Select(i => (ulong)i));
        (await _js.ListConsumerNamesAsync(stream.Name).AnyAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task Ordered_Options_AreFollowed()
    {
        await using TestStream stream = await server.StreamAsync();
        DateTimeOffset? third = null;
        foreach (string subject in new[] { "work.a", "work.b", "work.a", "work.b" })
        {
            await Task.Delay(5);
            ulong sequence = await stream.PublishAsync(subject, "payload");
            if (sequence == 3)
                third = (await _js.GetMessageAsync(stream.Name, 3))!.Timestamp;
        }

        (await ReadAsync(new OrderedOptions { FilterSubjects = ["work.{x}"] })).ShouldBe([1, 2, 3, 4]);
        (await ReadAsync(new OrderedOptions { FilterSubjects = ["work.b"] })).ShouldBe([2, 4]);
        (await ReadAsync(new OrderedOptions { StartSequence = 3 })).ShouldBe([3, 4]);
        (await ReadAsync(new OrderedOptions { StartTime = third })).ShouldBe([3, 4]);
        (await ReadAsync(new OrderedOptions { DeliverPolicy = DeliverPolicy.Last })).ShouldBe([4]);
        (await ReadAsync(new OrderedOptions { DeliverPolicy = DeliverPolicy.LastPerSubject, FilterSubjects = ["work.>"] })).ShouldBe([3, 4]);
        (await ReadAsync(new OrderedOptions { FilterSubjects = ["work.none"] })).ShouldBeEmpty();
        if (server.Is210)
            (await ReadAsync(new OrderedOptions { FilterSubjects = ["work.a", "work.b"] })).ShouldBe([1, 2, 3, 4]);

        JetStreamMessage headersOnly = await _js.ConsumeOrderedAsync(stream.Name, new OrderedOptions { HeadersOnly = true }).FirstAsync();
        (headersOnly.Payload.Length, headersOnly.Headers!["Nats-Msg-Size"]).ShouldBe((0, "7"));
        await headersOnly.AckAsync(); // does nothing

        async Task<List<int>> ReadAsync(OrderedOptions options) => await _js.ConsumeOrderedAsync(stream.Name, new OrderedOptions
        {
            StopAtEnd = true,
            FilterSubjects = options.FilterSubjects,
            StartSequence = options.StartSequence,
            StartTime = options.StartTime,
            DeliverPolicy = options.DeliverPolicy,
        }).Select(message => (int)message.StreamSequence).ToListAsync();
    }

    [Fact]
    public async Task Ordered_WithoutAnEnd_WaitsForMore()
    {
        await using TestStream stream = await server.StreamAsync();
        await using IAsyncEnumerator<JetStreamMessage> reading = _js.ConsumeOrderedAsync(stream.Name).GetAsyncEnumerator();
        for (int i = 0; i < 3; i++)
        {
            ValueTask<bool> next = reading.MoveNextAsync();
            await stream.PublishAsync($"work.{i}");
            (await next.AsTask().WaitAsync(TimeSpan.FromSeconds(5))).ShouldBeTrue();
            reading.Current.Subject.ShouldBe($"work.{i}");
        }
    }

    [Fact]
    public async Task Ordered_ConsumerDeletedUnderneath_GoesOnBehindTheLast()
    {
        await using TestStream stream = await server.StreamAsync();
        await stream.PublishManyAsync(600);
        var read = new List<ulong>();
        await foreach (JetStreamMessage message in _js.ConsumeOrderedAsync(stream.Name, new OrderedOptions { MaxMessages = 10, StopAtEnd = true }))
        {
            read.Add(message.StreamSequence);
            if (read.Count % 200 == 100)
                await _js.DeleteConsumerAsync(stream.Name, await _js.ListConsumerNamesAsync(stream.Name).SingleAsync());
        }

        read.ShouldBe(Enumerable.Range(1, 600).Select(i => (ulong)i));
    }

    [Fact]
    public async Task Ordered_ServerRestarts_GoesOnBehindTheLast()
    {
        await using TestServer own = await TestServer.StartAsync();
        await using TestStream stream = await own.StreamAsync();
        await stream.PublishManyAsync(600);
        var read = new List<ulong>();
        await foreach (JetStreamMessage message in own.JetStream.ConsumeOrderedAsync(stream.Name, new OrderedOptions { MaxMessages = 50, StopAtEnd = true }))
        {
            read.Add(message.StreamSequence);
            if (read.Count == 300)
                await own.Process.RestartAsync();
        }

        read.ShouldBe(Enumerable.Range(1, 600).Select(i => (ulong)i));
    }

    [Fact]
    public async Task Ordered_LastMessagesDeletedMeanwhile_EndsAllTheSame()
    {
        await using TestStream stream = await server.StreamAsync();
        await stream.PublishManyAsync(40);
        int read = 0;
        await foreach (JetStreamMessage _ in _js.ConsumeOrderedAsync(stream.Name, new OrderedOptions { MaxMessages = 5, StopAtEnd = true }))
        {
            if (++read == 2)
                await _js.PurgeStreamAsync(stream.Name);
        }

        read.ShouldBeInRange(2, 39);
    }

    [Fact]
    public async Task Ordered_StreamIsNotThereOrGoes_SaysSo()
    {
        (await Should.ThrowAsync<JetStreamApiException>(async () => await _js.ConsumeOrderedAsync("none").AnyAsync())).ErrorCode.ShouldBe(10059);
        await using TestStream stream = await server.StreamAsync();
        await stream.PublishAsync("work.a");
        (await Should.ThrowAsync<JetStreamApiException>(async () =>
        {
            await foreach (JetStreamMessage _ in _js.ConsumeOrderedAsync(stream.Name))
                await _js.DeleteStreamAsync(stream.Name);
        })).ErrorCode.ShouldBe(10059);
    }

    [Fact]
    public async Task Ordered_LeftEarly_LeavesNoConsumerBehind()
    {
        await using TestStream stream = await server.StreamAsync();
        await stream.PublishManyAsync(10);
        (await _js.ConsumeOrderedAsync(stream.Name).FirstAsync()).StreamSequence.ShouldBe(1ul);
        (await _js.ListConsumerNamesAsync(stream.Name).AnyAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task Ordered_ConnectionClosed_SaysSo()
    {
        await using TestServer own = await TestServer.StartAsync();
        await own.JetStream.CreateStreamAsync(new StreamConfig("closing"));
        Task<bool> reading = own.JetStream.ConsumeOrderedAsync("closing").AnyAsync().AsTask();
        await Until.TrueAsync(async () => await own.JetStream.ListConsumersAsync("closing").AnyAsync(consumer => consumer.Waiting == 1), "the pull");
        await own.Connection.DisposeAsync();
        await Should.ThrowAsync<NatsConnectionException>(reading.WaitAsync(TimeSpan.FromSeconds(20)));
    }
}
