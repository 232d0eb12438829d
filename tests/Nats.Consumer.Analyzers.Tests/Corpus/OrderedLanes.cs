namespace Lanes;

public sealed class CartConsumer : PullConsumer
{
    public override string StreamName => "carts";

    public override IReadOnlyList<string> Subjects => ["carts.{customer}.>", "wishlists.{customer}"];

    public override string OrderBy => "customer";

    public override int Concurrency => 16;

    public override RetryPolicy Retry => RetryPolicy.Exponential(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(30), factor: 3, jitter: 0.1);
}

public sealed class CartHandler : ConsumerHandler
{
    [Handle("carts.{customer}.added")]
    public Task OnAddedAsync(Guid customer, CartItem item) => Task.CompletedTask;

    [Handle("carts.{customer}.removed")]
    public Task OnRemovedAsync(Guid customer, CartItem item) => Task.CompletedTask;

    [Handle("wishlists.{customer}")]
    public Task OnWishedAsync(Guid customer, CartItem item) => Task.CompletedTask;
}

public sealed record CartItem(string Sku, int Quantity);
