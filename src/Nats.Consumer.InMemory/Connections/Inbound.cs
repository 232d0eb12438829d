using Nats.Consumer.Client;

namespace Nats.Consumer.InMemory.Connections;

/// <summary>
/// The receive loop of a connection: hands over what has arrived, in order, on the thread pool, and is there only as long as there is something.
/// </summary>
internal sealed class Inbound(Action<NatsConnectionEvent> raise) : IThreadPoolWorkItem
{
    private readonly Lock _gate = new();
    private List<Arrival> _arrived = [];
    private List<Arrival> _spare = [];
    private bool _running;

    /// <summary>Whether everything that has arrived was handed over.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
                return !_running;
        }
    }

    /// <returns>Whether the loop must be woken.</returns>
    public bool Add(in Arrival arrival)
    {
        lock (_gate)
        {
            _arrived.Add(arrival);
            bool wake = !_running;
            _running = true;
            return wake;
        }
    }

    /// <summary>Loses what is on its way, as a cut connection does. Fences fail.</summary>
    public void Lose(Exception reason)
    {
        lock (_gate)
        {
            foreach (Arrival arrival in _arrived)
                arrival.Fence?.TrySetException(reason);
            _arrived.RemoveAll(arrival => arrival.Change is null);
        }
    }

    public void Execute() => _ = RunAsync();

    private async Task RunAsync()
    {
        while (true)
        {
            List<Arrival> batch;
            lock (_gate)
            {
                if (_arrived.Count == 0)
                {
                    _running = false;
                    return;
                }

                batch = _arrived;
                (_arrived, _spare) = (_spare, batch);
            }

            foreach (Arrival arrival in batch)
            {
                if (arrival.IsMessage)
                {
                    ValueTask taken = arrival.DeliverAsync();
                    if (!taken.IsCompletedSuccessfully)
                        await taken.ConfigureAwait(false);
                }
                else if (arrival.Change is { } change)
                {
                    raise(change);
                }
                else
                {
                    arrival.Fence!.TrySetResult();
                }
            }

            batch.Clear();
        }
    }
}
