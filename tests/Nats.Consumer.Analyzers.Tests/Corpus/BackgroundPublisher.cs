using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Clock;

public sealed class ClockPublisher(IJetStream jetStream, TimeProvider time, ILogger<ClockPublisher> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                PublishAck ack = await jetStream.PublishAsync("clock.ticked", time.GetUtcNow(), cancellationToken: stoppingToken);
                logger.LogDebug("Tick {Sequence}", ack.Sequence);
            }
            catch (JetStreamException e)
            {
                logger.LogError(e, "The tick was not stored.");
            }
        }
    }
}

public sealed class ClockHandler : ConsumerHandler
{
    [Handle("clock.ticked")]
    public Task OnTickedAsync(DateTimeOffset time) => Console.Out.WriteLineAsync($"{time:T}");
}
