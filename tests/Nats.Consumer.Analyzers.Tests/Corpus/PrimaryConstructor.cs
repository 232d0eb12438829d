using Microsoft.Extensions.Logging;

namespace Shop.Orders;

public sealed record OrderPlaced(Guid OrderId, string Customer, decimal Total);

public sealed class OrderPlacedHandler(IOrderRepository orders, ILogger<OrderPlacedHandler> logger) : ConsumerHandler
{
    [Handle("orders.placed")]
    public async Task OnPlacedAsync(OrderPlaced order, MessageContext message, CancellationToken cancellationToken)
    {
        if (await orders.ExistsAsync(order.OrderId, cancellationToken))
        {
            logger.LogInformation("Order {Order} of message {Sequence} is known.", order.OrderId, message.StreamSequence);
            return;
        }

        await orders.AddAsync(order, cancellationToken);
    }
}

public interface IOrderRepository
{
    Task<bool> ExistsAsync(Guid id, CancellationToken cancellationToken);

    Task AddAsync(OrderPlaced order, CancellationToken cancellationToken);
}
