namespace Nats.Consumer.Consuming;

/// <summary>As many loops as the concurrency says, which may change while they run.</summary>
/// <param name="work">A loop; it asks <see cref="Keeps"/> before it takes a message.</param>
internal sealed class WorkerPool(Func<int, Task> work)
{
    private readonly Lock _lock = new();
    private readonly List<Task?> _loops = [];
    private volatile int _size;
    private bool _isClosed;

    /// <summary>How many loops have not ended.</summary>
    public int Running
    {
        get
        {
            lock (_lock)
                return _loops.Count(loop => loop is { IsCompleted: false });
        }
    }

    /// <summary>More loops begin at once; what is too many ends after the message that it has.</summary>
    public void Resize(int size)
    {
        lock (_lock)
        {
            if (_isClosed)
                return;
            _size = size;
            for (int worker = 0; worker < size; worker++)
            {
                if (worker == _loops.Count)
                    _loops.Add(null);
                int number = worker;
                _loops[worker] ??= Task.Run(() => work(number), CancellationToken.None);
            }
        }
    }

    /// <summary>Whether a loop goes on. One that does not leaves its place to a successor.</summary>
    public bool Keeps(int worker)
    {
        if (worker < _size)
            return true;
        lock (_lock)
        {
            if (worker < _size)
                return true;
            _loops[worker] = null;
            return false;
        }
    }

    /// <summary>Begins no more loops.</summary>
    /// <returns>Completes when all have ended.</returns>
    public Task CloseAsync()
    {
        lock (_lock)
        {
            _isClosed = true;
            return Task.WhenAll(_loops.OfType<Task>());
        }
    }
}
