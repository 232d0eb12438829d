using Microsoft.Extensions.Logging;
using Nats.Consumer;
using Shop.Contracts;

namespace Shop.Orders;

/// <summary>The oldest one.</summary>
public class OrderHandler : ConventionHandler
{
    private readonly Journal _journal;

    public OrderHandler(Journal journal)
        : base("orders.created", "orders.updated", "orders.cancelled")
    {
        _journal = journal;
        ValidateHandlers();
    }

    public async Task handle_created(MessageContext message)
    {
        await Task.Yield();
        await _journal.WriteAsync(message, this, "created");
    }

    // Called for what was changed, whatever it was.
    public Task handle_updated(MessageContext message) => _journal.WriteAsync(message, this, "updated");

    #region Cancelling
    /// <summary>Cancels.</summary>
    public async Task handle_cancelled(MessageContext message, CancellationToken cancellationToken)
    {
        await Task.Delay(1, cancellationToken);
        await _journal.WriteAsync(message, this, "cancelled");
    }
    #endregion
}

/// <summary>By constants.</summary>
public sealed class InvoiceHandler(Journal journal, ILogger<InvoiceHandler> logger) : ConventionHandler(Subjects.OrderCreated, Subjects.OrderUpdated)
{
    public async Task HandleCreatedAsync(MessageContext message, CancellationToken cancellationToken)
    {
        logger.LogDebug("An invoice for {Subject}.", message.Subject);
        await journal.WriteAsync(message, this, "invoice");
        cancellationToken.ThrowIfCancellationRequested();
    }

    public Task HandleUpdatedAsync(MessageContext message) => journal.WriteAsync(message, this, "new invoice");
}

/// <summary>Separators of three kinds, one method.</summary>
public sealed class ReturnHandler(Journal journal) : ConventionHandler(Subjects.OrderReturned, "orders_returned", "orders.returned")
{
    public Task handle_returned(MessageContext message) => journal.WriteAsync(message, this, "returned");
}

/// <summary>Two domains, one method: version 1 warned, and it was meant.</summary>
public sealed class WelcomeHandler : ConventionHandler
{
    private readonly Journal _journal;

    public WelcomeHandler(Journal journal) : base(new[] { "customers.created", "partners.created" }) => _journal = journal;

    public Task handle_created(MessageContext message) => _journal.WriteAsync(message, this, "welcome");
}

/// <summary>A list as a collection expression.</summary>
public sealed class DiscountHandler(Journal journal) : ConventionHandler([Subjects.OrderCreated, "vouchers.order.redeemed"])
{
    private async Task handle_created(MessageContext message) => await journal.WriteAsync(message, this, "discount");

    internal async Task handle_order_redeemed(MessageContext message) => await journal.WriteAsync(message, this, "redeemed");
}

/// <summary>One word only.</summary>
public sealed class HeartbeatHandler(Journal journal) : ConventionHandler("heartbeat")
{
    public Task handle_heartbeat(MessageContext message) => journal.WriteAsync(message, this, "alive");
}

/// <summary>What version 1 did with underscores in the first word.</summary>
public sealed class LoyaltyHandler(Journal journal) : ConventionHandler("loyalty_points.earned", "loyalty_points.spent")
{
    public Task HandlePointsEarned(MessageContext message) => journal.WriteAsync(message, this, "earned");

    public Task HandlePointsSpent(MessageContext message) => journal.WriteAsync(message, this, "spent");
}

/// <summary>Half of it has been moved already.</summary>
public sealed class ShippingHandler(Journal journal) : ConventionHandler("shipping.label.printed", "shipping.parcel.sent", "shipping.parcel.lost")
{
    [Handle("shipping.label.printed")]
    public Task OnLabelPrintedAsync(MessageContext message) => journal.WriteAsync(message, this, "label");

    [Handle("shipping.parcel.sent")]
    public Task handle_parcel_sent(MessageContext message) => journal.WriteAsync(message, this, "sent");

    public Task handle_parcel_lost(MessageContext message) => journal.WriteAsync(message, this, "lost");
}

/// <summary>With a wildcard that never worked and a subject that is listed twice.</summary>
public sealed class ReviewHandler(Journal journal) : ConventionHandler("reviews.posted", "reviews.*", "reviews.posted", "reviews.removed")
{
    public Task handle_posted(MessageContext message) => journal.WriteAsync(message, this, "posted");

    public Task handle_removed(MessageContext message) => journal.WriteAsync(message, this, "removed");

    public Task handle_edited(MessageContext message) => journal.WriteAsync(message, this, "edited, which nobody lists");
}

/// <summary>Overloads: the longer one is called.</summary>
public sealed class GiftHandler(Journal journal) : ConventionHandler("gifts.wrapped")
{
    public Task handle_wrapped(MessageContext message) => handle_wrapped(message, CancellationToken.None);

    public Task handle_wrapped(MessageContext message, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? Task.CompletedTask : journal.WriteAsync(message, this, "wrapped");
}
