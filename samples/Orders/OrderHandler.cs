using Microsoft.Extensions.Logging;
using Nats.Consumer;

namespace Orders;

public sealed record Order(Guid Id, string Customer, decimal Total);

public sealed class OrderHandler(ILogger<OrderHandler> logger) : ConsumerHandler
{
    [Handle("orders.created")]
    public Task OnCreatedAsync(Order order)
    {
        logger.LogInformation("Created: order {Id} of {Customer} over {Total}.", order.Id, order.Customer, order.Total);
        return Task.CompletedTask;
    }

    [Handle("orders.updated", "orders.modified")] // several subjects, one method
    public Task OnChangedAsync(Order order, MessageContext message)
    {
        logger.LogInformation("Changed ({Subject}): order {Id} is over {Total} now.", message.Subject, order.Id, order.Total);
        return Task.CompletedTask;
    }

    [Handle("orders.cancelled")]
    public Task<Outcome> OnCancelledAsync(Order order, MessageContext message)
    {
        if (message.DeliveryCount == 1)
        {
            logger.LogInformation("Cancelled: the warehouse does not answer, order {Id} is tried again in a second.", order.Id);
            return Task.FromResult(Outcome.Retry);
        }

        logger.LogInformation("Cancelled: order {Id}, at attempt {Attempt}.", order.Id, message.DeliveryCount);
        return Task.FromResult(Outcome.Ack);
    }

    [Handle("orders.*")] // whatever else happens to orders; the more specific patterns above win
    public Task OnAnyAsync(MessageContext message)
    {
        logger.LogInformation("Something else: {Subject}.", message.Subject);
        return Task.CompletedTask;
    }

    // No pattern matches, as for orders.archive.done.
    protected override ValueTask<Outcome> FallbackAsync(MessageContext message, FallbackReason reason, CancellationToken cancellationToken)
    {
        logger.LogInformation("Nobody handles {Subject} ({Reason}): dropped.", message.Subject, reason);
        return ValueTask.FromResult(Outcome.Drop("not handled by this worker"));
    }
}
