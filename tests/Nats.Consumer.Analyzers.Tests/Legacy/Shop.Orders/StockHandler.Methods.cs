using Nats.Consumer;
using Shop.Contracts;

namespace Shop.Orders;

public partial class StockHandler
{
    public Task handle_reserved(MessageContext message) => _journal.WriteAsync(message, this, "reserved");

    public Task handle_released(MessageContext message) => _journal.WriteAsync(message, this, "released");

    public Task handle_stock_counted(MessageContext message) => _journal.WriteAsync(message, this, "counted");
}

public partial class SupplierHandler
{
    public Task handle_ordered(MessageContext message) => journal.WriteAsync(message, this, "ordered");

    public Task handle_delivered(MessageContext message) => journal.WriteAsync(message, this, "delivered");
}

public sealed partial class PriceHandler(Journal journal) : ConventionHandler("prices.list.changed", "prices.currency-rate.changed")
{
    public Task handle_currency_rate_changed(MessageContext message) => journal.WriteAsync(message, this, "rate");
}
