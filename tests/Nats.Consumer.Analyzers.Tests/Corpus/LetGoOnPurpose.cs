namespace Fire;
public interface IAudit { Task WriteAsync(string text, CancellationToken cancellationToken = default); }
public sealed record Placed(int Id);
public sealed class PlacedHandler(IAudit audit) : ConsumerHandler
{
    [Handle("orders.placed")]
    public async Task OnPlacedAsync(Placed placed, CancellationToken cancellationToken)
    {
        _ = audit.WriteAsync($"placed {placed.Id}", CancellationToken.None);
        _ = Task.Run(() => audit.WriteAsync("later", CancellationToken.None), CancellationToken.None);
        await audit.WriteAsync("now", cancellationToken);
        await audit.WriteAsync("now", cancellationToken).ContinueWith(static done => Console.WriteLine(done.Status), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }
}
