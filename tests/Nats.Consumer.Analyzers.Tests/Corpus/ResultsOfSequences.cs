namespace Linq;
public sealed record Item(Task<int> Price);
public sealed class LinqHandler(Func<int, Task<int>> load) : ConsumerHandler
{
    [Handle("linq.dictionary")]
    public async Task OnAsync(int[] ids)
    {
        var tasks = ids.ToDictionary(id => id, load);
        await Task.WhenAll(tasks.Values);
        var prices = tasks.ToDictionary(pair => pair.Key, pair => pair.Value.Result);
        Console.WriteLine(prices.Count);
    }
    [Handle("linq.anonymous")]
    public async Task OnAnonymousAsync(int[] ids)
    {
        var items = ids.Select(id => new Item(load(id))).ToArray();
        await Task.WhenAll(items.Select(item => item.Price));
        Console.WriteLine(items.Sum(item => item.Price.Result));
    }
}
