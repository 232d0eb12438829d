namespace Shop;

public static class Inventory
{
    public sealed record StockChanged(string Sku, int Delta);

    public sealed class Consumer : PullConsumer
    {
        public override string StreamName => "inventory";

        public override IReadOnlyList<string> Subjects => ["inventory.>"];

        public override IReadOnlyList<Type> Handlers => [typeof(Stock), typeof(Reservations.Handler)];

        private sealed class Defaults
        {
            public int MaxDeliver => 0; // not the consumer's
        }
    }

    public sealed class Stock : ConsumerHandler
    {
        [Handle("inventory.stock.changed")]
        public Task OnChangedAsync(StockChanged change) => Console.Out.WriteLineAsync($"{change.Sku}: {change.Delta:+0;-0}");
    }

    private static class Reservations
    {
        internal sealed class Handler : ConsumerHandler
        {
            [Handle("inventory.reserved", "inventory.released")]
            internal Task OnReservationAsync(MessageContext message) => Task.CompletedTask;
        }
    }
}
