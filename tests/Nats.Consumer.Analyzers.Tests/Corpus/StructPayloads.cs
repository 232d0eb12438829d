namespace Values;

public readonly record struct Point(int X, int Y);

public struct Mutable
{
    public int Count;

    public string? Label { get; set; }
}

public sealed class ValueHandler : ConsumerHandler
{
    [Handle("values.point")]
    public Task OnPointAsync(Point point) => Task.CompletedTask;

    [Handle("values.maybe")]
    public Task OnMaybeAsync(int? number) => Task.CompletedTask;

    [Handle("values.mutable")]
    public ValueTask OnMutableAsync(Mutable value, CancellationToken _) => default;

    [Handle("values.tuple")]
    public ValueTask OnTupleAsync((int Id, string Name) pair) => default;

    [Handle("values.list")]
    public ValueTask OnListAsync(List<Dictionary<string, Point[]>> everything) => default;

    [Handle("values.json")]
    public ValueTask OnJsonAsync(System.Text.Json.JsonElement json) => default;

    [Handle("values.dynamic")]
    public ValueTask OnObjectAsync(object anything) => default;
}
