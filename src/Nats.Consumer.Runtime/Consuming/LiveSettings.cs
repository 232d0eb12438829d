namespace Nats.Consumer.Consuming;

/// <summary>The settings of a running consumer. Those that neither the server nor the buffers have to be told of may change while it runs.</summary>
internal sealed class LiveSettings(ConsumerSettings initial)
{
    private volatile ConsumerSettings _current = initial;

    public ConsumerSettings Current => _current;

    /// <summary>Called after a change.</summary>
    public event Action? Changed;

    public void Change(ConsumerSettings next)
    {
        _current = next;
        Changed?.Invoke();
    }
}
