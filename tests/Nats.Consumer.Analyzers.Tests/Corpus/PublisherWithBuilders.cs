namespace Catalog;

public sealed class Catalog(IJetStream jetStream)
{
    private const string Root = "catalog";

    public ValueTask<PublishAck> ChangedAsync(string sku, object change, CancellationToken cancellationToken) =>
        jetStream.PublishAsync($"{Root}.{sku}.changed", change, cancellationToken: cancellationToken);

    public ValueTask<PublishAck> ClearedAsync(CancellationToken cancellationToken) => jetStream.PublishAsync(Root + ".cleared", Array.Empty<string>(), cancellationToken: cancellationToken);

    public ValueTask<PublishAck> ToAsync(string region, string what) => jetStream.PublishAsync(string.Join('.', Root, region, what), what);
}

public static class Streams
{
    public static StreamConfig For(string region) => new($"catalog-{region}") { Subjects = [$"catalog.{region}.>"] };

    public static IEnumerable<StreamConfig> All => ((string[])["eu", "us"]).Select(For);
}
