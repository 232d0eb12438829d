namespace Nats.Consumer.Client.Wire;

/// <summary>Wakes a thread that waits; a signal that nobody waits for is kept for the next wait. Costs no allocation, and waiting costs no time of the processor.</summary>
internal sealed class Signal
{
    private readonly object _gate = new(); // a Lock cannot be waited on
    private bool _set;

    public void Set()
    {
        lock (_gate)
        {
            if (_set)
                return;
            _set = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Waits for the signal, and takes it back. One waiter at a time.</summary>
    public void Wait() => Wait(Timeout.InfiniteTimeSpan);

    /// <returns>Whether the signal came in time.</returns>
    public bool Wait(TimeSpan timeout)
    {
        lock (_gate)
        {
            if (!_set && !Monitor.Wait(_gate, timeout))
                return false;
            _set = false;
            return true;
        }
    }
}
