using Nats.Consumer;
using Shop.Contracts;

namespace Shop.Orders;

// A base class of another project, and each with a list of its own.

public sealed class OrderAudit(Journal journal) : AuditedHandler(journal, "order-book.audited")
{
    protected override string Area => "orders";
}

public sealed class PaymentAudit : AuditedHandler
{
    public PaymentAudit(Journal journal)
        : base(journal, "payment_book.audited", "payments.purged")
    {
    }

    protected override string Area => "payments";
}

public sealed class StockAudit(Journal journal) : AuditedHandler(journal, "stock_book.audited", "stock.purged")
{
    protected override string Area => "stock";

    public override Task handle_purged(MessageContext message, CancellationToken cancellationToken) => WriteAsync(message, "emptied");
}

// And one where all have the same.

public sealed class WebLogin(Journal journal) : LoginHandler(journal, "sessions.logged-in", "sessions.logged-out");

public sealed class AppLogin(Journal journal) : LoginHandler(journal, "sessions.logged-in", "sessions.logged-out");
