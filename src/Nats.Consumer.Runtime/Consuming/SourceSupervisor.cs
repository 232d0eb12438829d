using Microsoft.Extensions.Logging;
using Nats.Consumer.Client;

namespace Nats.Consumer.Consuming;

/// <summary>
/// Keeps a source alive: after a complaint, or when the server has fallen silent, it lets the source recover, with growing pauses until that succeeds. It never ends on its own; what no trying again
/// can cure is told to the worker.
/// </summary>
internal sealed class SourceSupervisor(
    ConsumerContext consumer,
    INatsConnection connection,
    TimeSpan heartbeat,
    Func<CancellationToken, Task> recover,
    Func<bool> expectsSigns,
    Action<Exception> onFatal,
    TimeProvider time,
    ILogger logger) : IDisposable
{
    private static readonly RetryPolicy Pauses = RetryPolicy.Exponential(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10), jitter: 0.2);

    private readonly SemaphoreSlim _check = new(0, 1);
    private readonly Random _random = new();
    private long _lastSign = time.GetTimestamp();
    private volatile string? _complaint;
    private volatile bool _isFresh;

    /// <summary>Whether silence is nothing to be told of.</summary>
    public bool SilenceIsUsual { get; init; }

    /// <summary>The server has given a sign of life.</summary>
    public void Sign(long now) => Volatile.Write(ref _lastSign, now);

    /// <summary>There is a new connection, or the server has delivered: how often it was recovered before says nothing any more.</summary>
    public void StartAfresh() => _isFresh = true;

    /// <summary>Something is wrong that the source cannot put right by itself.</summary>
    public void Complain(string complaint)
    {
        _complaint = complaint;
        consumer.Status.Trouble = complaint;
        if (_check.CurrentCount > 0)
            return;
        try
        {
            _check.Release();
        }
        catch (SemaphoreFullException)
        {
            // somebody else was faster
        }
    }

    public async Task RunAsync(CancellationToken stopping)
    {
        int recoveries = 0;
        long recoveredAt = 0;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await WaitAsync(stopping).ConfigureAwait(false);
                if (stopping.IsCancellationRequested || connection.State != NatsConnectionState.Connected)
                    continue;
                bool isSilent = expectsSigns() && time.GetElapsedTime(Volatile.Read(ref _lastSign)) > heartbeat * 2;
                if ((_complaint ?? (isSilent ? $"no heartbeat for {(heartbeat * 2).TotalSeconds:0} s" : null)) is not { } complaint)
                    continue;

                if (_complaint is not null || !SilenceIsUsual)
                    Log.CheckingConsumer(logger, consumer.Durable, consumer.Stream, complaint);
                (_complaint, consumer.Status.Trouble) = (null, SilenceIsUsual && _complaint is null ? null : complaint);
                // A server that refuses every request in the same way is not asked at the speed of the network.
                if (_isFresh || time.GetElapsedTime(recoveredAt) > heartbeat * 2)
                    recoveries = 0;
                _isFresh = false;
                if (recoveries > 0)
                    await Task.Delay(Pauses.DelayAfter(recoveries, _random.NextDouble()), time, stopping).ConfigureAwait(false);
                recoveries++;
                await recover(stopping).ConfigureAwait(false);
                recoveredAt = time.GetTimestamp();
                consumer.Status.Trouble = _complaint; // one that has come meanwhile
                Sign(time.GetTimestamp());
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (ConsumerConfigurationException e)
            {
                (consumer.Status.Trouble, consumer.Status.HasEnded) = (e.Message, true);
                onFatal(e);
                return;
            }
            catch (Exception e)
            {
                Log.CannotRecover(logger, consumer.Durable, consumer.Stream, e.Message);
                recoveredAt = time.GetTimestamp();
                Complain(e.Message);
            }
        }
    }

    public void Dispose() => _check.Dispose();

    private async Task WaitAsync(CancellationToken stopping)
    {
        using var tick = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await Task.WhenAny(_check.WaitAsync(tick.Token), Task.Delay(UntilNextLook(), time, tick.Token)).ConfigureAwait(false);
        await tick.CancelAsync().ConfigureAwait(false);
    }

    // Silence is seen when it has lasted long enough, and not up to a heartbeat later.
    private TimeSpan UntilNextLook()
    {
        TimeSpan left = (heartbeat * 2) - time.GetElapsedTime(Volatile.Read(ref _lastSign));
        return left > TimeSpan.Zero && left < heartbeat ? left + TimeSpan.FromMilliseconds(1) : heartbeat;
    }
}
