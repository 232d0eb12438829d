namespace Warehouse;

public static class Feature<TStock>
    where TStock : notnull
{
    public abstract class StockHandler : ConsumerHandler
    {
        protected abstract Task ApplyAsync(TStock stock, CancellationToken cancellationToken);

        [Handle("warehouse.stock.{sku}.moved")]
        public virtual Task OnMovedAsync(TStock stock, string sku, CancellationToken cancellationToken) => ApplyAsync(stock, cancellationToken);
    }
}

public readonly record struct Pallet(int Count);

public class PalletHandler : Feature<Pallet>.StockHandler
{
    public override Task OnMovedAsync(Pallet stock, string sku, CancellationToken cancellationToken) =>
        sku.Length == 0 ? Task.CompletedTask : base.OnMovedAsync(stock, sku, cancellationToken);

    protected override Task ApplyAsync(Pallet stock, CancellationToken cancellationToken) => Task.FromCanceled(new CancellationToken(stock.Count < 0 || cancellationToken.IsCancellationRequested));
}
