using Nats.Consumer;
using Shop.Contracts;

namespace Shop.Orders;

/// <summary>The list is here, the methods are next door.</summary>
public partial class StockHandler : ConventionHandler
{
    private readonly Journal _journal;

    public StockHandler(Journal journal)
        : base(Subjects.Stock)
    {
        _journal = journal;
    }
}

public partial class SupplierHandler(Journal journal) : ConventionHandler(SupplierHandler.Ordered, "suppliers.delivered")
{
    private const string Ordered = "suppliers.ordered";
}

public sealed partial class PriceHandler
{
    public Task handle_list_changed(MessageContext message) => journal.WriteAsync(message, this, "list");
}
