namespace Sequences;

public sealed class PageHandler(IPages pages) : ConsumerHandler
{
    [Handle("pages.crawl")]
    public async Task OnCrawlAsync(Uri start, CancellationToken cancellationToken)
    {
        int count = 0;
        await foreach (string page in pages.FollowAsync(start).WithCancellation(cancellationToken))
        {
            if (++count > 100)
                break;
            await pages.SaveAsync(page, cancellationToken);
        }
    }

    [Handle("pages.parallel")]
    public Task OnParallelAsync(Uri[] starts, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        starts,
        cancellationToken,
        async (start, token) =>
        {
            await foreach (string page in pages.FollowAsync(start).WithCancellation(token))
                await pages.SaveAsync(page, token);
        });
}

public interface IPages
{
    IAsyncEnumerable<string> FollowAsync(Uri start);

    Task SaveAsync(string page, CancellationToken cancellationToken);
}
