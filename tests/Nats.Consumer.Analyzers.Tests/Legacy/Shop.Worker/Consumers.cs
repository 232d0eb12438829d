using Nats.Consumer;
using Shop.Orders;
using Shop.Orders.Payments;

namespace Shop.Worker;

/// <summary>All that is about orders and money.</summary>
public sealed class OrdersConsumer : ConventionPullConsumer
{
    public override string StreamName => "shop";

    public override int MaxRetries => 2;

    public override double InitialRetryDelay => 0.05;

    public override IReadOnlyList<string> Subjects => Areas.Orders;

    public override IReadOnlyList<Type> Handlers =>
    [
        typeof(OrderHandler), typeof(InvoiceHandler), typeof(ReturnHandler), typeof(WelcomeHandler), typeof(DiscountHandler), typeof(HeartbeatHandler), typeof(LoyaltyHandler), typeof(ShippingHandler),
        typeof(ReviewHandler), typeof(GiftHandler), typeof(CardHandler), typeof(StrictCardHandler), typeof(FraudHandler), typeof(Ledger.LedgerHandler), typeof(DunningHandler), typeof(TaxHandler), typeof(PayoutHandler),
        typeof(StockHandler), typeof(SupplierHandler), typeof(PriceHandler), typeof(OrderAudit), typeof(PaymentAudit), typeof(StockAudit), typeof(WebLogin), typeof(AppLogin),
    ];

    protected override IEnumerable<StreamOperation> Setup() => [StreamOperation.CreateOrUpdate(new StreamConfig("shop") { Subjects = [.. Areas.Orders, .. Areas.Rest, "monitor.>", "devices.>"] })];
}

/// <summary>All the rest.</summary>
public sealed class RestConsumer : ConventionPushConsumer
{
    public override string StreamName => "shop";

    public override IReadOnlyList<string> Subjects => Areas.Rest;

    public override IReadOnlyList<Type> Handlers =>
    [
        typeof(CustomerHandler), typeof(NewsletterHandler), typeof(WishHandler), typeof(BasketHandler), typeof(ConsentHandler), typeof(BirthdayHandler), typeof(ComplaintHandler), typeof(MergeHandler),
        typeof(PreferenceHandler), typeof(DeployHandler), typeof(BackupHandler), typeof(AlertHandler), typeof(QueueHandler), typeof(CertificateHandler), typeof(ImportHandler), typeof(ExportHandler),
        typeof(SearchHandler), typeof(CacheHandler), typeof(RegionHandler), typeof(ScheduleHandler), typeof(FeatureHandler),
    ];
}

public sealed class MonitorConsumer : PullConsumer
{
    public override string StreamName => "shop";

    public override IReadOnlyList<string> Subjects => ["monitor.>"];

    public override IReadOnlyList<Type> Handlers => [typeof(MonitorHandler)];
}

public sealed class DeviceConsumer : PullConsumer
{
    public override string StreamName => "shop";

    public override IReadOnlyList<string> Subjects => ["devices.>"];

    public override IReadOnlyList<Type> Handlers => [typeof(DeviceHandler)];
}

public static class Areas
{
    public static readonly string[] Orders =
    [
        "orders.>", "orders-returned", "orders_returned", "partners.>", "vouchers.>", "heartbeat", "loyalty_points.>", "shipping.>", "reviews.>", "gifts.>", "payments.>", "fraud.>", "ledger.>",
        "dunning.>", "tax.>", "payouts.>", "stock.>", "warehouse.>", "suppliers.>", "prices.>", "order-book.>", "payment_book.>", "stock_book.>", "sessions.>", "customers.created",
    ];

    public static readonly string[] Rest =
    [
        "customers.registered", "customers.address.>", "customers.deleted", "newsletter.>", "wishes.>", "baskets.>", "consents.>", "birthdays.>", "complaints.>", "accounts.>", "preferences.>", "deploys.>",
        "backups.>", "alerts.>", "queues.>", "certificates.>", "imports.>", "exports.>", "search.>", "cache-flushed", "regions.>", "schedules.>", "features.>",
    ];
}
