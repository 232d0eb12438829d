using Microsoft.Extensions.Logging;
using Nats.Consumer.Client;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Consuming;

/// <summary>An ordered consumer sees every message once and in order, whatever becomes of its consumers on the server.</summary>
[Trait("Category", "Server")]
public class OrderedServerTests(TestServer server, ITestOutputHelper output) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Messages_ComeOnceAndInOrder()
    {
        await using TestStream stream = await server.StreamAsync();
        await stream.PublishManyAsync(500);
        await using Worker worker = await WorkAsync(stream);
        await stream.PublishManyAsync(500, 500);
        await worker.Script.CountAsync(1000);
        ShouldBeAllOnceInOrder(worker, 1000);
        worker.Log.Worse(LogLevel.Warning).ShouldBeEmpty();
    }

    [Fact]
    public async Task FailedAttempt_IsRepeatedInPlace()
    {
        await using TestStream stream = await server.StreamAsync();
        await stream.PublishManyAsync(5);
        await using Worker worker = await WorkAsync(stream, script: new Script((message, _) =>
            message is { StreamSequence: 3, DeliveryCount: < 4 } ? throw new InvalidOperationException("not yet") : ValueTask.FromResult(Outcome.Ack)));
        await worker.Script.CountAsync(8);
        worker.Script.Seen.Select(seen => (seen.Sequence, seen.Delivery)).ShouldBe([(1UL, 1), (2UL, 1), (3UL, 1), (3UL, 2), (3UL, 3), (3UL, 4), (4UL, 1), (5UL, 1)]);
    }

    [Fact]
    public async Task Exhausted_IsADeadLetterAndTheRestGoesOn()
    {
        await using TestStream stream = await server.StreamAsync();
        await stream.PublishManyAsync(3);
        await using Worker worker = await WorkAsync(
            stream,
            setup => setup.MaxDeliver = 2,
            new Script((message, _) => message.StreamSequence == 2 ? throw new InvalidOperationException("no way") : ValueTask.FromResult(Outcome.Ack)));
        await worker.Script.CountAsync(4);
        worker.Script.Seen.Select(seen => seen.Sequence).ShouldBe([1UL, 2UL, 2UL, 3UL]);
        await Until.TrueAsync(async () => await stream.DeadLetterCountAsync() == 1, "the dead letter");
        (await stream.DeadLetterAsync()).Headers["Dead-Letter-Sequence"].ShouldBe("2");
    }

    [Fact]
    public async Task StartSequence_IsTheFirst()
    {
        await using TestStream stream = await server.StreamAsync();
        await stream.PublishManyAsync(10);
        await using Worker worker = await WorkAsync(stream, setup => (setup.DeliverPolicy, setup.StartSequence) = (DeliverPolicy.ByStartSequence, 7));
        await worker.Script.CountAsync(4);
        worker.Script.Seen.Select(seen => seen.Sequence).ShouldBe([7UL, 8UL, 9UL, 10UL]);
    }

    [Fact]
    public async Task StartTime_IsTheFirst()
    {
        await using TestStream stream = await server.StreamAsync();
        await stream.PublishManyAsync(5);
        await Task.Delay(20);
        DateTimeOffset time = DateTimeOffset.UtcNow;
        await Task.Delay(20);
        await stream.PublishManyAsync(5, 5);
        await using Worker worker = await WorkAsync(stream, setup => (setup.DeliverPolicy, setup.StartTime) = (DeliverPolicy.ByStartTime, time));
        await worker.Script.CountAsync(5);
        worker.Script.Seen.Select(seen => seen.Sequence).ShouldBe([6UL, 7UL, 8UL, 9UL, 10UL]);
    }

    [Theory]
    [InlineData(DeliverPolicy.Last)]
    [InlineData(DeliverPolicy.LastPerSubject)]
    [InlineData(DeliverPolicy.New)]
    public async Task DeliverPolicy_OtherStarts(DeliverPolicy policy)
    {
        await using TestStream stream = await server.StreamAsync();
        await stream.PublishManyAsync(3);
        await stream.PublishManyAsync(3);
        await using Worker worker = await WorkAsync(stream, setup => setup.DeliverPolicy = policy);
        await stream.PublishAsync("work.after");
        await Until.TrueAsync(() => worker.Script.Seen.Any(seen => seen.Subject == "work.after"), "the last message");
        worker.Script.Seen.Select(seen => seen.Sequence).ShouldBe(policy switch
        {
            DeliverPolicy.Last => [6UL, 7UL],
            DeliverPolicy.LastPerSubject => [4UL, 5UL, 6UL, 7UL],
            _ => [7UL],
        });
    }

    [Fact]
    public async Task Stop_DeletesItsConsumer()
    {
        await using TestStream stream = await server.StreamAsync();
        Worker worker = await WorkAsync(stream);
        (await ConsumersAsync(stream)).Count.ShouldBe(1);
        await worker.DisposeAsync();
        (await ConsumersAsync(stream)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Consumer_Deleted_IsMadeAnewBehindTheLastMessage()
    {
        await using TestStream stream = await server.StreamAsync();
        await using Worker worker = await WorkAsync(stream);
        for (int i = 0; i < 5; i++)
        {
            await stream.PublishManyAsync(20, i * 20);
            await DeleteConsumersAsync(stream);
        }

        await worker.Script.CountAsync(100, 20);
        ShouldBeAllOnceInOrder(worker, 100);
    }

    [Fact]
    public async Task TenThousand_ThroughRestartsAndDeletions_ComeOnceAndInOrder()
    {
        const int Count = 10_000;
        await using TestServer mine = await TestServer.StartAsync();
        await using TestStream stream = await mine.StreamAsync();
        await using Worker worker = await WorkAsync(stream);
        for (int i = 0; i < 10; i++)
        {
            await stream.PublishManyAsync(Count / 10, i * Count / 10);
            if (i % 3 == 1)
                await RestartAsync(mine, kill: i % 2 == 0);
            else if (i % 3 == 2)
                await DeleteConsumersAsync(stream);
        }

        await Until.TrueAsync(() => Task.FromResult(worker.Script.Count >= Count), () => $"{Count} messages; there were {worker.Script.Count}. The log:\n{worker.Log.Text}", 30);
        ShouldBeAllOnceInOrder(worker, Count);
        output.WriteLine($"nats-server {mine.Version}: made anew {worker.Log.Count("Looking at consumer")} times");
    }

    private static Task<Worker> WorkAsync(TestStream stream, Action<ConsumerSetup>? configure = null, Script? script = null) => stream.WorkAsync(
        setup =>
        {
            setup.Kind = ConsumerKind.Ordered;
            configure?.Invoke(setup);
        },
        script);

    private static void ShouldBeAllOnceInOrder(Worker worker, int count) =>
        worker.Script.Seen.Select(seen => seen.Sequence).ShouldBe(Enumerable.Range(1, count).Select(i => (ulong)i));

    private static async Task RestartAsync(TestServer server, bool kill)
    {
        await (kill ? server.Process.KillAsync() : server.Process.StopAsync());
        await server.Process.StartAgainAsync();
        await Until.TrueAsync(() => server.Connection.State == NatsConnectionState.Connected, "the test's own connection");
    }

    private static async Task<IReadOnlyList<string>> ConsumersAsync(TestStream stream) => await stream.ConsumerNamesAsync();

    private static async Task DeleteConsumersAsync(TestStream stream)
    {
        foreach (string consumer in await stream.ConsumerNamesAsync())
            await stream.DeleteConsumerAsync(consumer);
    }
}
