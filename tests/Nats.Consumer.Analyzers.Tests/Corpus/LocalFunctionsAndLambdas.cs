namespace Functional;

public sealed class FunctionalHandler(Func<string, CancellationToken, Task> send) : ConsumerHandler
{
    [Handle("functions.each")]
    public async Task OnEachAsync(string[] names, CancellationToken cancellationToken)
    {
        await Task.WhenAll(names.Select(name => send(name, cancellationToken)));
        foreach (string name in names.Where(IsLong))
            await SendTwiceAsync(name);

        async Task SendTwiceAsync(string name)
        {
            await send(name, cancellationToken);
            await send(name, cancellationToken);
        }

        static bool IsLong(string name) => name.Length > 10;
    }

    [Handle("functions.first")]
    public async Task<Outcome> OnFirstAsync(string[] names, MessageContext message, CancellationToken cancellationToken)
    {
        Task[] tasks = [.. names.Select(name => send(name, cancellationToken))];
        Task first = await Task.WhenAny(tasks);
        Func<Outcome> decide = () => first.IsFaulted ? Outcome.Retry : Outcome.Ack;
        return decide();
    }

    [Handle("functions.results")]
    public async Task OnResultsAsync(int[] numbers, CancellationToken cancellationToken)
    {
        Task<int>[] tasks = [.. numbers.Select(number => Task.Run(() => number * 2, cancellationToken))];
        await Task.WhenAll(tasks);
        Console.WriteLine(string.Join(", ", await Task.WhenAll(tasks)));
    }
}
