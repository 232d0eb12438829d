namespace Choice;
public sealed record Order(int Id, bool IsNew);
public sealed class Announcer(IJetStream jetStream)
{
    public async Task AnnounceAsync(Order order, CancellationToken cancellationToken)
    {
        string subject = order.IsNew ? "orders.created" : "orders.updated";
        await jetStream.PublishAsync(subject, order, cancellationToken: cancellationToken);
        await jetStream.PublishAsync(value: order, subject: order.IsNew ? "orders.created" : "orders.updated", cancellationToken: cancellationToken);
        await jetStream.PublishAsync(order switch { { IsNew: true } => "orders.created", _ => $"orders.{order.Id}.updated" }, order, new() { MessageId = $"{order.Id}", Headers = new() { ["Source"] = "shop-api" } }, cancellationToken);
    }
    public static StreamConfig Stream(bool wide) => new("orders") { Subjects = wide ? ["orders.>"] : ["orders.created", "orders.updated"] };
    public static StreamConfig Mirror(bool wide) => new("copies") { Subjects = wide ? null : [] , Mirror = new("orders") };
}
