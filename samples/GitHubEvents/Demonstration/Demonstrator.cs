using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Nats.Consumer;

namespace GitHubEvents.Demonstration;

/// <summary>Publishes all events, waits until the server says that they are settled, collects the evidence and stops the worker.</summary>
internal sealed class Demonstrator(
    IJetStream jetStream, ServerView view, Ledger ledger, Evidence evidence, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<Demonstrator> logger) : BackgroundService
{
    private const int Window = 64; // publishes on their way at a time
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60); // more than an ack wait: a run that was killed leaves messages behind
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await WaitForWorkerAsync(stoppingToken);
        ulong before = await view.GetLastSequenceAsync(GitHubConsumer.DeadLetterStream, stoppingToken);

        await PublishAsync(stoppingToken);
        evidence.Consumer = await WaitUntilSettledAsync(stoppingToken);
        evidence.DeadLetters = await view.GetDeadLettersAsync(GitHubConsumer.DeadLetterStream, before, stoppingToken);
        evidence.Server = view.Name;
        evidence.IsComplete = true;
        lifetime.StopApplication();
    }

    // The worker connects and sets up on its own; it may have to wait for its server.
    private async Task WaitForWorkerAsync(CancellationToken cancellationToken)
    {
        while (await view.GetConsumerAsync(GitHubConsumer.Stream, GitHubConsumer.Durable, cancellationToken) is null)
            await Task.Delay(BetweenLooks, time, cancellationToken);
    }

    private async Task PublishAsync(CancellationToken cancellationToken)
    {
        List<Webhook> webhooks = Webhooks.Load();
        long begin = time.GetTimestamp();
        await Parallel.ForEachAsync(
            webhooks,
            new ParallelOptions { MaxDegreeOfParallelism = Window, CancellationToken = cancellationToken },
            async (webhook, cancel) => await PublishAsync(webhook, cancel));
        evidence.Truncated = await PublishAsync(Webhooks.Truncate(webhooks.First(webhook => webhook.Subject == "github.issues.opened")), cancellationToken);
        logger.LogInformation("Published {Count} messages in {Elapsed:0.00} s.", ledger.Published.Count, time.GetElapsedTime(begin).TotalSeconds);
    }

    private async ValueTask<ulong> PublishAsync(Webhook webhook, CancellationToken cancellationToken)
    {
        var options = new PublishOptions { ExpectedStream = GitHubConsumer.Stream, Headers = webhook.Headers };
        PublishAck ack = await jetStream.PublishAsync(webhook.Subject, webhook.Payload, options, cancellationToken);
        ledger.Published.Enqueue(ack.Sequence);
        return ack.Sequence;
    }

    // Settled means: nothing left to deliver, nothing delivered that waits for a settlement or for its retry.
    private async Task<ConsumerState?> WaitUntilSettledAsync(CancellationToken cancellationToken)
    {
        long begin = time.GetTimestamp();
        ConsumerState? shown = null;
        while (true)
        {
            ConsumerState? state = await view.GetConsumerAsync(GitHubConsumer.Stream, GitHubConsumer.Durable, cancellationToken);
            if (state != shown)
                logger.LogInformation("{Handled} handled; the server has {ToDeliver} to deliver and {Unsettled} unsettled.", ledger.Handled.Count, state?.ToDeliver, state?.Unsettled);
            shown = state;
            if (state is { ToDeliver: 0, Unsettled: 0 } || time.GetElapsedTime(begin) > Patience)
                return state;
            await Task.Delay(BetweenLooks, time, cancellationToken);
        }
    }
}
