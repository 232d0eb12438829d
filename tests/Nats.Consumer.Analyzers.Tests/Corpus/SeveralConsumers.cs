using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder(args);
builder.AddNatsConsumers();
await builder.Build().RunNatsAsync(args);

sealed class BillingConsumer : PullConsumer
{
    public override string StreamName => "orders";
    public override string DurableName => "billing";
    public override IReadOnlyList<string> Subjects => ["orders.placed", "orders.cancelled"];
    public override IReadOnlyList<Type> Handlers => [typeof(BillingHandler)];
    public override int MaxDeliver => 8;
}

sealed class WarehouseConsumer : PullConsumer
{
    public override string StreamName => "orders";
    public override string DurableName => "warehouse";
    public override IReadOnlyList<string> Subjects => ["orders.placed"];
    public override IReadOnlyList<Type> Handlers => [typeof(WarehouseHandler)];
    public override int Concurrency => 4;
}

sealed class ReportConsumer : PullConsumer
{
    public override string StreamName => "reports";
    public override string DurableName => "billing"; // on another stream
    public override IReadOnlyList<Type> Handlers => [typeof(ReportHandler)];
}

sealed class BillingHandler : ConsumerHandler
{
    [Handle("orders.placed")]
    public Task OnPlacedAsync(MessageContext message) => Task.CompletedTask;

    [Handle("orders.cancelled")]
    public Task OnCancelledAsync(MessageContext message) => Task.CompletedTask;
}

sealed class WarehouseHandler : ConsumerHandler
{
    [Handle("orders.placed")]
    public Task OnPlacedAsync(MessageContext message) => Task.CompletedTask;
}

sealed class ReportHandler : ConsumerHandler
{
    [Handle("reports.daily", "reports.weekly")]
    public Task OnReportAsync(MessageContext message) => Task.CompletedTask;
}
