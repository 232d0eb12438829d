namespace Odd.Bodies;

public sealed record Item(string Name, int Count);

/// <summary>Code that looks like a mistake and is none.</summary>
public sealed class OddHandler(TimeProvider time) : ConsumerHandler
{
    private readonly Dictionary<string, Task<int>> _running = [];
    private readonly SemaphoreSlim _gate = new(1);

    private sealed record Answer(int Result)
    {
        public int Wait() => Result;
    }

    [Handle("odd.results")]
    public async Task OnResultsAsync(Item item, CancellationToken cancellationToken)
    {
        var answer = new Answer(item.Count);
        int sum = answer.Result + answer.Wait();
        var first = Task.Run(() => sum, cancellationToken);
        var second = Task.Run(() => item.Count, cancellationToken);
        await Task.WhenAll(first, second);
        Console.WriteLine(first.Result + second.Result);
        if (_running.TryGetValue(item.Name, out var known) && known.IsCompletedSuccessfully)
            Console.WriteLine(known.Result);
    }

    [Handle("odd.gates")]
    public async Task OnGateAsync(MessageContext message, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            byte[] copy = message.Payload.ToArray();
            await Parallel.ForEachAsync(copy.Chunk(16), cancellationToken, async (chunk, inner) => await File.AppendAllBytesAsync("chunks", chunk, inner));
        }
        finally
        {
            _gate.Release();
        }
    }

    [Handle("odd.branches")]
    public async Task<Outcome> OnBranchesAsync(MessageContext message, Item item, CancellationToken cancellationToken)
    {
        switch (item)
        {
            case { Count: 0 }:
                await message.TermAsync("Nothing to do.", cancellationToken);
                return Outcome.Ack;
            case { Name: [] }:
                return Outcome.Retry;
            case { Count: > 100 } when time.GetUtcNow().Hour < 6:
                return Outcome.RetryAfter(TimeSpan.FromHours(1));
        }

        if (item.Count < 0)
        {
            await message.NakAsync(TimeSpan.FromSeconds(5), cancellationToken);
            return Outcome.Ack;
        }

        await message.AckAsync(cancellationToken);
        return Outcome.Ack;
    }

    [Handle("odd.iterators")]
    public async Task OnIteratorAsync(Item item, CancellationToken cancellationToken)
    {
        await foreach (int number in Numbers(item.Count).WithCancellation(cancellationToken))
            Console.WriteLine(number);

        static async IAsyncEnumerable<int> Numbers(int count)
        {
            for (int i = 0; i < count; i++)
            {
                await Task.Yield();
                yield return i;
            }
        }
    }

    [Handle("odd.disposables")]
    public async ValueTask OnDisposableAsync(Item item, CancellationToken cancellationToken)
    {
        await using var file = File.Create(Path.GetTempFileName());
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(TimeSpan.FromSeconds(item.Count));
        await file.WriteAsync(new byte[item.Count], limited.Token);
    }
}
