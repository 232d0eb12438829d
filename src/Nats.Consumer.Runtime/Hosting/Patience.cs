using Microsoft.Extensions.Logging;
using Nats.Consumer.Client;

namespace Nats.Consumer.Hosting;

/// <summary>Tells what passes by itself from what does not, and waits for the former.</summary>
internal sealed class Patience(TimeProvider time, Func<double> random, ILogger logger)
{
    private static readonly RetryPolicy Pauses = RetryPolicy.Exponential(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(5), jitter: 0.2);

    /// <summary>Does something until it succeeds or fails for good.</summary>
    public async Task UntilDoneAsync(Func<CancellationToken, Task> action, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await action(cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (NatsException e) when (Passes(e))
            {
                Log.TryingAgain(logger, e.Message);
            }

            await Task.Delay(Pauses.DelayAfter(Math.Min(attempt, 30), random()), time, cancellationToken).ConfigureAwait(false);
        }
    }

    // A connection that breaks is restored, a cluster finds its leader, and 503 is the server's own word for "not now".
    private static bool Passes(NatsException error) => error is NatsConnectionException or JetStreamTimeoutException or JetStreamApiException { Code: 503 };
}
