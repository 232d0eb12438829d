using Microsoft.Extensions.Logging;
using Nats.Consumer.Client;

namespace Nats.Consumer.Hosting;

/// <summary>Waits for a server that is away: says so once, then tries until it answers.</summary>
internal static class Connector
{
    private static readonly RetryPolicy Pauses = RetryPolicy.Exponential(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(5), jitter: 0.2);

    /// <param name="connection">The connection to it.</param>
    /// <param name="setting">What says where it is.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">Chance.</param>
    /// <param name="logger">Where it is said.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="NatsAuthenticationException">The server refuses the credentials.</exception>
    public static async Task ConnectAsync(INatsConnection connection, string setting, TimeProvider time, Func<double> random, ILogger logger, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await connection.ConnectAsync(cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (NatsConnectException e)
            {
                if (attempt == 1 && e.IsAboutCredentials)
                    Log.NoCredentials(logger, e.Message);
                else if (attempt == 1)
                    Log.NoServer(logger, e.Message, setting);
            }

            await Task.Delay(Pauses.DelayAfter(Math.Min(attempt, 30), random()), time, cancellationToken).ConfigureAwait(false);
        }
    }
}
