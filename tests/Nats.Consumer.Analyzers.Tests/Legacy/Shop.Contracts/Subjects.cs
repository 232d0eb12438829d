namespace Shop.Contracts;

/// <summary>The subjects that several teams use.</summary>
public static class Subjects
{
    private const string Orders = "orders";

    public const string OrderCreated = Orders + ".created";
    public const string OrderUpdated = Orders + ".updated";
    public const string OrderCancelled = $"{Orders}.cancelled";
    public const string OrderReturned = "orders-returned";

    public static class Payments
    {
        public const string Authorized = "payments.card.authorized";
        public const string Captured = "payments.card.captured";
        public const string Refunded = "payments.card.refunded";
    }

    public static readonly string[] Stock = ["stock.reserved", "stock.released", Warehouse.Counted];

    public static class Warehouse
    {
        public const string Counted = "warehouse.stock.counted";
    }
}
