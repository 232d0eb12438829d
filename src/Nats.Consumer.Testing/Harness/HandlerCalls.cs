namespace Nats.Consumer.Testing;

/// <summary>Code of the application that runs for a message.</summary>
internal sealed class HandlerCall(string name)
{
    private static readonly AsyncLocal<HandlerCall?> Ambient = new();
    private int _waits;

    /// <summary>On behalf of which call the code runs; <see langword="null"/> outside of handlers.</summary>
    public static HandlerCall? Current => Ambient.Value;

    public string Name => name;

    /// <summary>Whether it goes on only when the clock moves.</summary>
    public bool WaitsForTime => Volatile.Read(ref _waits) > 0;

    public void BeginWait() => Interlocked.Increment(ref _waits);

    public void EndWait() => Interlocked.Decrement(ref _waits);

    /// <summary>Makes this the call of the method that calls, and of all that it calls.</summary>
    public void Enter() => Ambient.Value = this;
}

/// <summary>The calls that have not returned.</summary>
internal sealed class HandlerCalls
{
    private readonly HashSet<HandlerCall> _running = [];

    /// <summary>How many do not wait for the clock.</summary>
    public int Busy
    {
        get
        {
            lock (_running)
                return _running.Count(call => !call.WaitsForTime);
        }
    }

    public IReadOnlyList<string> BusyNames()
    {
        lock (_running)
            return [.. _running.Where(call => !call.WaitsForTime).Select(call => call.Name)];
    }

    public void Begin(HandlerCall call)
    {
        lock (_running)
            _running.Add(call);
    }

    public void End(HandlerCall call)
    {
        lock (_running)
            _running.Remove(call);
    }
}
