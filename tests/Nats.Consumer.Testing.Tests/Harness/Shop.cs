using Microsoft.Extensions.DependencyInjection;

namespace Nats.Consumer.Testing.Tests.Harness;

/// <summary>A worker to be tested, whose handlers do what a test says.</summary>
public sealed class Shop
{
    public Func<MessageContext, CancellationToken, Task<Outcome>> OnOrder { get; set; } = (_, _) => Task.FromResult(Outcome.Ack);

    public int HandleErrorCalls { get; set; }

    public Task<ConsumerHarness> StartAsync(ConsumerHarnessOptions? options = null) => StartAsync<ShopConsumer>(options);

    public Task<ConsumerHarness> StartAsync<TConsumer>(ConsumerHarnessOptions? options = null)
        where TConsumer : JetStreamConsumer => ConsumerHarness.StartAsync(
        builder =>
        {
            builder.Services.AddSingleton(this);
            builder.AddNatsConsumers(nats => nats.AddConsumer<TConsumer>());
        },
        options);
}

public sealed record Order(int Number, string Customer = "Ada");

public sealed record Invoice(int Number);

public class ShopConsumer(Shop shop) : PullConsumer
{
    public override string StreamName => "orders";

    public override IReadOnlyList<string> Subjects => ["orders.>"];

    public override IReadOnlyList<Type> Handlers => [typeof(ShopHandler)];

    public override int MaxDeliver => 3;

    public override IReadOnlyList<TimeSpan> BackoffDelays => [TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(5)];

    protected override IEnumerable<StreamOperation> Setup() =>
        [StreamOperation.CreateOrUpdate(new StreamConfig("orders") { Subjects = ["orders.>"] }), StreamOperation.CreateOrUpdate(new StreamConfig("invoices") { Subjects = ["invoices.>"] })];

    protected override ValueTask HandleErrorAsync(MessageContext message, Exception error, int deliveryCount, CancellationToken cancellationToken)
    {
        shop.HandleErrorCalls++;
        return ValueTask.CompletedTask;
    }
}

public sealed class PatientConsumer(Shop shop) : ShopConsumer(shop)
{
    public override int MaxDeliver => 61;

    public override IReadOnlyList<TimeSpan> BackoffDelays => [TimeSpan.FromMinutes(1)];
}

public sealed class LanesConsumer(Shop shop) : ShopConsumer(shop)
{
    public override IReadOnlyList<string> Subjects => ["orders.{customer}.*"];

    public override int Concurrency => 4;

    public override string OrderBy => "customer";
}

public sealed class ShopHandler(Shop shop, IJetStream jetStream) : ConsumerHandler
{
    [Handle("orders.{customer}.{what}")]
    public Task<Outcome> OnOrderAsync(MessageContext message, CancellationToken cancellationToken) => shop.OnOrder(message, cancellationToken);

    [Handle("orders.typed")]
    public async Task OnTypedAsync(Order order) => await jetStream.PublishAsync("invoices.made", new Invoice(order.Number));
}
