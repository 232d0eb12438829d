namespace Contracts;

public interface IOrderEvents
{
    Task OnCreatedAsync(Order order);

    Task OnClosedAsync(Order order, CancellationToken cancellationToken);
}

public sealed record Order(int Id);

public sealed class OrderEvents : ConsumerHandler, IOrderEvents, IDisposable, IAsyncDisposable
{
    [Handle("orders.created")]
    public Task OnCreatedAsync(Order order) => Task.CompletedTask;

    [Handle("orders.closed")]
    public async Task OnClosedAsync(Order order, CancellationToken cancellationToken) => await Task.Delay(order.Id, cancellationToken);

    public void Dispose()
    {
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
