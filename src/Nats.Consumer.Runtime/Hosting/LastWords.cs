using Microsoft.Extensions.Logging;
using Nats.Consumer.Client;
using Nats.Consumer.Consuming;

namespace Nats.Consumer.Hosting;

/// <summary>Sees to it that the server has the last settlements before the worker ends: what was handled is not to be handled again.</summary>
internal sealed class LastWords(INatsConnection connection, TimeProvider time, ILogger logger)
{
    /// <param name="owed">How long to wait for a connection at the most: afterwards no settlement is worth sending any more.</param>
    /// <param name="deadline">Gives up.</param>
    public async Task SendAsync(TimeSpan owed, CancellationToken deadline)
    {
        try
        {
            if (connection.State != NatsConnectionState.Connected && owed > TimeSpan.Zero)
            {
                Log.SettlementsWait(logger, owed);
                await ConnectedAsync(owed, deadline).ConfigureAwait(false);
            }

            if (connection.State == NatsConnectionState.Connected)
                await connection.FlushAsync(deadline).ConfigureAwait(false);
        }
        catch (Exception e) when (e is NatsException or OperationCanceledException or TimeoutException)
        {
            Log.FlushFailed(logger, e.Message);
        }
    }

    private async Task ConnectedAsync(TimeSpan longest, CancellationToken deadline)
    {
        var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.Changed += OnChanged;
        try
        {
            if (connection.State == NatsConnectionState.Reconnecting)
                await changed.Task.WaitAsync(longest < Timers.Longest ? longest : Timers.Longest, time, deadline).ConfigureAwait(false);
        }
        finally
        {
            connection.Changed -= OnChanged;
        }

        void OnChanged(NatsConnectionEvent change)
        {
            if (change.Kind is NatsConnectionEventKind.Reconnected or NatsConnectionEventKind.Closed)
                changed.TrySetResult();
        }
    }
}
