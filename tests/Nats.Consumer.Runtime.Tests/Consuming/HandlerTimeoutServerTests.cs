using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Consuming;

[Trait("Category", "Server")]
public class HandlerTimeoutServerTests(TestServer server) : IClassFixture<TestServer>
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(150);

    [Fact]
    public async Task Handler_TakesTooLong_IsCancelledAndHasFailed()
    {
        await using TestStream stream = await server.StreamAsync();
        await stream.PublishAsync("work.x");
        await using Worker worker = await stream.WorkAsync(
            setup => (setup.HandlerTimeout, setup.MaxDeliver) = (Timeout, 2),
            new Script(async (_, cancellationToken) =>
            {
                await Task.Delay(System.Threading.Timeout.Infinite, cancellationToken);
                return Outcome.Ack;
            }));
        await Until.TrueAsync(async () => await stream.DeadLetterCountAsync() == 1, "the dead letter");
        await stream.SettledAsync();
        worker.Script.Seen.Select(seen => seen.Delivery).ShouldBe([1, 2]);
        Client.NatsHeaders headers = (await stream.DeadLetterAsync()).Headers;
        headers["Dead-Letter-Error"].ShouldBe("System.TimeoutException");
        headers["Dead-Letter-Reason"].ShouldBe("The handler took longer than HandlerTimeout (00:00:00.1500000).");
    }

    [Fact]
    public async Task Handler_TakesTooLong_IsJudgedByTheExceptionPolicy()
    {
        await using TestStream stream = await server.StreamAsync();
        await stream.PublishAsync("work.x");
        await using Worker worker = await stream.WorkAsync(
            setup => (setup.HandlerTimeout, setup.Exceptions) = (Timeout, ExceptionPolicy.Default.Drop<TimeoutException>()),
            new Script(async (_, cancellationToken) =>
            {
                await Task.Delay(System.Threading.Timeout.Infinite, cancellationToken);
                return Outcome.Ack;
            }));
        await stream.SettledAsync();
        await worker.Log.ContainsAsync("is dropped: The handler took longer than HandlerTimeout");
        worker.Script.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Handler_InTime_IsNotCancelled()
    {
        await using TestStream stream = await server.StreamAsync();
        await stream.PublishManyAsync(50);
        bool cancelled = false;
        await using Worker worker = await stream.WorkAsync(
            setup => setup.HandlerTimeout = TimeSpan.FromSeconds(10),
            new Script((_, cancellationToken) =>
            {
                cancelled |= cancellationToken.IsCancellationRequested;
                return ValueTask.FromResult(Outcome.Ack);
            }));
        await stream.SettledAsync();
        (worker.Script.Count, cancelled).ShouldBe((50, false));
    }

    [Fact]
    public async Task ExceptionPolicy_OfTheConsumer_Decides()
    {
        await using TestStream stream = await server.StreamAsync();
        foreach (string subject in new[] { "work.drop", "work.dead", "work.again" })
            await stream.PublishAsync(subject);
        await using Worker worker = await stream.WorkAsync(
            setup => setup.Exceptions = ExceptionPolicy.Default.Drop<KeyNotFoundException>().DeadLetter<FormatException>().Retry<TimeoutException>(TimeSpan.FromMilliseconds(30)),
            new Script((message, _) => message.Subject switch
            {
                "work.drop" => throw new KeyNotFoundException("gone"),
                "work.dead" => throw new FormatException("broken"),
                _ => message.DeliveryCount < 3 ? throw new TimeoutException() : ValueTask.FromResult(Outcome.Ack),
            }));
        await stream.SettledAsync();
        worker.Script.Count.ShouldBe(5);
        worker.Log.Count("next in 00:00:00.0300000").ShouldBe(2);
        (await stream.DeadLetterCountAsync()).ShouldBe(1);
        (await stream.DeadLetterAsync()).Headers["Dead-Letter-Subject"].ShouldBe("work.dead");
    }
}
