using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Threads;

public sealed class GateHandler(Channel<string> channel) : ConsumerHandler
{
    private static readonly SemaphoreSlim Gate = new(1);
    private static readonly ConcurrentDictionary<string, Task<int>> Cache = new();

    [Handle("gates.passed")]
    public async Task OnPassedAsync(string who, CancellationToken cancellationToken)
    {
        await Gate.WaitAsync(cancellationToken);
        try
        {
            await channel.Writer.WriteAsync(who, cancellationToken);
        }
        finally
        {
            Gate.Release();
        }
    }

    [Handle("gates.counted")]
    public async ValueTask OnCountedAsync(string gate, CancellationToken cancellationToken)
    {
        Task<int> count = Cache.GetOrAdd(gate, _ => Task.FromResult(0));
        if (count.IsCompletedSuccessfully)
            Console.WriteLine(count.Result);
        else
            Console.WriteLine(await count.WaitAsync(cancellationToken));
    }

    [Handle("gates.tried")]
    public Task OnTriedAsync() => channel.Writer.TryWrite("tried") ? Task.CompletedTask : Task.FromException(new InvalidOperationException("full"));
}
