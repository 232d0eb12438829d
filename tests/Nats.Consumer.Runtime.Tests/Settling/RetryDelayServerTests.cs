using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Settling;

[Trait("Category", "Server")]
[Collection(nameof(Measured))]
public class RetryDelayServerTests(TestServer server, ITestOutputHelper output) : IClassFixture<TestServer>
{
    private const int Tolerance = 150;

    [Fact]
    public async Task BackoffDelays_EachRetry_ComesWhenThePolicySays()
    {
        await using TestStream stream = await server.StreamAsync();
        TimeSpan[] delays = [TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(700), TimeSpan.FromMilliseconds(300)];
        await using Worker worker = await stream.WorkAsync(
            setup => (setup.MaxDeliver, setup.BackoffDelays, setup.AckWait) = (6, delays, TimeSpan.FromMilliseconds(500)),
            new Script((message, _) => message.DeliveryCount < 6 ? throw new InvalidOperationException("not yet") : ValueTask.FromResult(Outcome.Ack)));
        await stream.PublishAsync("work.x");
        await worker.Script.CountAsync(6);
        ShouldCome(worker, [delays[0], delays[1], delays[2], delays[2], delays[2]]);
        await stream.SettledAsync();
    }

    [Fact]
    public async Task RetryAfter_ComesAfterExactlyThat()
    {
        await using TestStream stream = await server.StreamAsync();
        TimeSpan[] delays = [TimeSpan.FromMilliseconds(600), TimeSpan.Zero, TimeSpan.FromMilliseconds(50)];
        await using Worker worker = await stream.WorkAsync(
            setup => setup.AckWait = TimeSpan.FromMilliseconds(400),
            new Script((message, _) => ValueTask.FromResult(message.DeliveryCount <= delays.Length ? Outcome.RetryAfter(delays[message.DeliveryCount - 1]) : Outcome.Ack)));
        await stream.PublishAsync("work.x");
        await worker.Script.CountAsync(4);
        ShouldCome(worker, delays);
        await stream.SettledAsync();
    }

    private void ShouldCome(Worker worker, TimeSpan[] delays)
    {
        Seen[] seen = [.. worker.Script.Seen];
        for (int i = 0; i < delays.Length; i++)
        {
            double wanted = delays[i].TotalMilliseconds, actual = seen[i + 1].Since(seen[i]).TotalMilliseconds;
            output.WriteLine($"nats-server {server.Version}: retry {i + 1} wanted after {wanted:0} ms, came after {actual:0.0} ms ({actual - wanted:+0.0;-0.0} ms)");
            actual.ShouldBeInRange(wanted - 5, wanted + Tolerance);
        }
    }
}
