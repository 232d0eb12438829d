namespace Telemetry.Ingest;

public sealed class Readings : ConsumerHandler
{
    [Handle("sensors.{id}.reading")]
    public Task OnReadingAsync(Guid id, double celsius)
    {
        Window.Shared.Add(id, celsius);
        return Task.CompletedTask;
    }
}

file sealed class Window
{
    public static readonly Window Shared = new();

    private readonly Queue<(Guid, double)> _values = new();

    public void Add(Guid id, double value)
    {
        if (_values.Count == Limits.Size)
            _values.Dequeue();
        _values.Enqueue((id, value));
    }
}

file static class Limits
{
    public const int Size = 100;
}
