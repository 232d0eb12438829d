using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Consuming;

/// <summary>Handlers that take several messages at a time.</summary>
[Trait("Category", "Server")]
public class BatchServerTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Batch_EachMessage_HasAnOutcomeOfItsOwn()
    {
        await using TestStream stream = await server.StreamAsync("batch.>");
        await PublishAsync(stream, 12);
        var log = new BatchLog
        {
            Decide = message => (message.Value % 4) switch
            {
                0 => Outcome.Ack,
                1 => Outcome.DeadLetter("one"),
                2 => message.Context.DeliveryCount < 3 ? Outcome.RetryAfter(TimeSpan.FromMilliseconds(20)) : Outcome.Ack,
                _ => Outcome.Drop("three"),
            },
        };
        await using Worker worker = await WorkAsync(stream, log);
        await stream.SettledAsync();
        log.Values.Count(value => value % 4 == 2).ShouldBe(9);
        log.Values.Count(value => value % 4 != 2).ShouldBe(9);
        (await stream.DeadLetterCountAsync()).ShouldBe(3);
    }

    [Fact]
    public async Task Batch_OfBufferedMessages_HoldsMaxMessagesAtTheMost()
    {
        await using TestStream stream = await server.StreamAsync("batch.>");
        await PublishAsync(stream, 25);
        var log = new BatchLog();
        await using Worker worker = await WorkAsync(stream, log, setup => (setup.MaxMessages, setup.MaxWait) = (10, TimeSpan.FromMilliseconds(200)));
        await stream.SettledAsync();
        log.Batches.Select(batch => batch.Count).ShouldBe([10, 10, 5]);
        log.Values.ShouldBe(Enumerable.Range(0, 25));
    }

    [Fact]
    public async Task Batch_PoisonAmongOthers_IsADeadLetterAndTheOthersAreHandled()
    {
        await using TestStream stream = await server.StreamAsync("batch.>");
        await stream.PublishAsync("batch.n", "1");
        await stream.PublishAsync("batch.n", "no number");
        await stream.PublishAsync("batch.n", "3");
        var log = new BatchLog();
        await using Worker worker = await WorkAsync(stream, log, setup => setup.MaxWait = TimeSpan.FromMilliseconds(100));
        await stream.SettledAsync();
        log.Values.ShouldBe([1, 3]);
        (await stream.DeadLetterAsync()).Payload.ShouldBe("no number");
    }

    [Fact]
    public async Task Batch_HandlerThrows_IsRetriedUntilItIsExhausted()
    {
        await using TestStream stream = await server.StreamAsync("batch.>");
        await PublishAsync(stream, 3);
        var log = new BatchLog { Decide = _ => throw new InvalidOperationException("down") };
        await using Worker worker = await WorkAsync(stream, log, setup => setup.MaxDeliver = 2);
        await Until.TrueAsync(async () => await stream.DeadLetterCountAsync() == 3, () => "three dead letters");
        await stream.SettledAsync();
        log.Values.Count.ShouldBe(6);
    }

    [Fact]
    public async Task Batch_WrongNumberOfOutcomes_IsAFailureOfAll()
    {
        await using TestStream stream = await server.StreamAsync("batch.>");
        await PublishAsync(stream, 3);
        var log = new BatchLog { Extra = 1 };
        await using Worker worker = await WorkAsync(stream, log, setup => (setup.MaxDeliver, setup.MaxWait) = (1, TimeSpan.FromMilliseconds(100)));
        await Until.TrueAsync(async () => await stream.DeadLetterCountAsync() == 3, () => "three dead letters");
        (await stream.DeadLetterAsync()).Headers["Dead-Letter-Reason"].ShouldBe(
            "BatchHandler.OnNumbersAsync returned 4 outcomes for 3 messages. It must return one for each, in the same order.");
    }

    [Fact]
    public async Task Batch_OtherMethodsOfTheClass_GetTheirMessagesOneByOne()
    {
        await using TestStream stream = await server.StreamAsync("batch.>");
        var log = new BatchLog();
        await using Worker worker = await WorkAsync(stream, log);
        await stream.PublishAsync("batch.one", "\"single\"");
        await stream.PublishAsync("batch.raw", "x");
        await stream.PublishAsync("batch.raw", "y");
        await stream.PublishAsync("batch.n", "5");
        await stream.SettledAsync();
        log.Singles.ShouldBe(["single"]);
        log.Raw.Order().ShouldBe(["batch.raw 1", "batch.raw 1"]);
        log.Values.ShouldBe([5]);
    }

    [Fact]
    public async Task Batch_LongerThanAckWait_IsHandledOnce()
    {
        await using TestStream stream = await server.StreamAsync("batch.>");
        await PublishAsync(stream, 5);
        var log = new BatchLog { Delay = TimeSpan.FromSeconds(1.5) };
        await using Worker worker = await WorkAsync(stream, log, setup => (setup.AckWait, setup.MaxWait) = (TimeSpan.FromMilliseconds(300), TimeSpan.FromMilliseconds(100)));
        await stream.SettledAsync();
        log.Values.ShouldBe([0, 1, 2, 3, 4]);
    }

    private static async Task PublishAsync(TestStream stream, int count)
    {
        for (int i = 0; i < count; i++)
            await stream.PublishAsync("batch.n", i.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private static Task<Worker> WorkAsync(TestStream stream, BatchLog log, Action<ConsumerSetup>? configure = null) => stream.WorkAsync(
        setup =>
        {
            setup.Handlers = [typeof(BatchHandler)];
            configure?.Invoke(setup);
        },
        services: services => services.AddSingleton(log));
}

/// <summary>What a batch handler shall do, and what it saw.</summary>
public sealed class BatchLog
{
    public Func<Message<int>, Outcome> Decide { get; init; } = _ => Outcome.Ack;

    public int Extra { get; init; }

    public TimeSpan Delay { get; init; }

    public ConcurrentQueue<IReadOnlyList<int>> Batches { get; } = new();

    public ConcurrentQueue<string> Singles { get; } = new();

    public ConcurrentQueue<string> Raw { get; } = new();

    public IReadOnlyList<int> Values => [.. Batches.SelectMany(batch => batch)];
}

public sealed class BatchHandler(BatchLog log) : ConsumerHandler
{
    [Handle("batch.n")]
    public async Task<IReadOnlyList<Outcome>> OnNumbersAsync(IReadOnlyList<Message<int>> messages, CancellationToken cancellationToken)
    {
        log.Batches.Enqueue([.. messages.Select(message => message.Value)]);
        await Task.Delay(log.Delay, cancellationToken);
        return [.. messages.Select(log.Decide), .. Enumerable.Repeat(Outcome.Ack, log.Extra)];
    }

    [Handle("batch.raw")]
    public Task OnRawAsync(IReadOnlyList<MessageContext> messages)
    {
        foreach (MessageContext message in messages)
            log.Raw.Enqueue($"{message.Subject} {message.Payload.Length}");
        return Task.CompletedTask;
    }

    [Handle("batch.one")]
    public Task OnOneAsync(string value)
    {
        log.Singles.Enqueue(value);
        return Task.CompletedTask;
    }
}
