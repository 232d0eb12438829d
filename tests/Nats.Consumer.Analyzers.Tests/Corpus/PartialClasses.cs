namespace Shop.Shipping;

public sealed partial class ShipmentHandler : ConsumerHandler
{
    [Handle("shipments.created")]
    public Task OnCreatedAsync(Shipment shipment, CancellationToken ct) => NotifyAsync(shipment, "created", ct);
}

public sealed partial class ShipmentHandler
{
    [Handle("shipments.delivered")]
    public Task OnDeliveredAsync(Shipment shipment, CancellationToken ct) => NotifyAsync(shipment, "delivered", ct);

    private partial Task NotifyAsync(Shipment shipment, string what, CancellationToken ct);
}

partial class ShipmentHandler
{
    private partial Task NotifyAsync(Shipment shipment, string what, CancellationToken ct) => Task.Delay(TimeSpan.FromMilliseconds(what.Length), ct);
}

public sealed record Shipment(string TrackingNumber);
