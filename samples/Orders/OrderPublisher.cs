using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Nats.Consumer;

namespace Orders;

/// <summary>Publishes one message for each handler, from anywhere in the application: inject <see cref="IJetStream"/>.</summary>
public sealed class OrderPublisher(IJetStream jetStream, ILogger<OrderPublisher> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var order = new Order(Guid.NewGuid(), "Ada", 12.50m);
        string[] subjects = ["orders.created", "orders.updated", "orders.modified", "orders.cancelled", "orders.shipped", "orders.archive.done"];
        foreach (string subject in subjects)
        {
            PublishAck ack = await jetStream.PublishAsync(subject, order, cancellationToken: stoppingToken);
            logger.LogInformation("Published {Subject} as number {Sequence} of stream {Stream}.", subject, ack.Sequence, ack.Stream);
        }
    }
}
