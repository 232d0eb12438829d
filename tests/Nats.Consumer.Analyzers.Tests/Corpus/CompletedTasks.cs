namespace Prices;
public sealed record Quote(string Symbol, decimal Price);
public sealed class QuoteHandler(IEnumerable<Func<string, CancellationToken, Task<Quote>>> sources) : ConsumerHandler
{
    [Handle("quotes.asked.{symbol}")]
    public async Task<Outcome> OnAskedAsync(string symbol, CancellationToken cancellationToken)
    {
        var tasks = sources.Select(source => source(symbol, cancellationToken)).ToList();
        await Task.WhenAll(tasks);
        decimal sum = tasks.Sum(task => task.Result.Price);
        foreach (Task<Quote> task in tasks)
            Console.WriteLine(task.Result);
        Console.WriteLine(tasks[0].Result);
        return sum > 0 ? Outcome.Ack : Outcome.Retry;
    }

    [Handle("quotes.fastest.{symbol}")]
    public async Task OnFastestAsync(string symbol, CancellationToken cancellationToken)
    {
        var first = sources.First()(symbol, cancellationToken);
        var last = sources.Last()(symbol, cancellationToken);
        var winner = await Task.WhenAny(first, last);
        Console.WriteLine(winner.Result);
    }

    [Handle("quotes.each.{symbol}")]
    public async Task OnEachAsync(string symbol, CancellationToken cancellationToken)
    {
        var tasks = sources.Select(source => source(symbol, cancellationToken));
        await foreach (var done in Task.WhenEach(tasks).WithCancellation(cancellationToken))
            Console.WriteLine(done.Result.Price);
    }

    [Handle("quotes.continued.{symbol}")]
    public Task OnContinuedAsync(string symbol, CancellationToken cancellationToken) =>
        sources.First()(symbol, cancellationToken).ContinueWith(done => Console.WriteLine(done.Result), cancellationToken);

    [Handle("quotes.status.{symbol}")]
    public async Task OnStatusAsync(string symbol, CancellationToken cancellationToken)
    {
        var task = sources.First()(symbol, cancellationToken);
        while (task.Status != TaskStatus.RanToCompletion)
            await Task.Delay(10, cancellationToken);
        Console.WriteLine(task.Result);
    }
}
