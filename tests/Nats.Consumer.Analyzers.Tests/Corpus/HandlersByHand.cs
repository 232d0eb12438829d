namespace Inventory.Specs;

public sealed record Item(string Sku, int Count);

public class InventoryHandler : ConsumerHandler
{
    public int Total { get; private set; }

    [Handle("inventory.items.added")]
    public Task OnAddedAsync(Item item)
    {
        ArgumentNullException.ThrowIfNull(item);
        Total += item.Count;
        return Task.CompletedTask;
    }
}

/// <summary>A test calls handlers as any method.</summary>
public class InventoryHandlerSpecs
{
    public static void Adding_two_items_adds_their_counts()
    {
        var handler = new InventoryHandler();
        handler.OnAddedAsync(new Item("a", 1)).GetAwaiter().GetResult();
        handler.OnAddedAsync(new Item("b", 2)).Wait();
        if (handler.Total != 3)
            throw new InvalidOperationException();
        Thread.Sleep(TimeSpan.Zero);
    }

    internal sealed class Recording : InventoryHandler
    {
        public List<string> Seen { get; } = [];
    }
}
