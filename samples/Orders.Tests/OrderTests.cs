using Nats.Consumer;
using Nats.Consumer.Testing;

namespace Orders.Tests;

/// <summary>The Orders worker as a whole, in the process of the test and without waiting for anything. docs/testing.md says more.</summary>
public class OrderTests
{
    private static readonly Order Order = new(Guid.Parse("6f9619ff-8b86-d011-b42d-00c04fc964ff"), "Ada", 12.50m);

    [Fact]
    public async Task Created_IsHandledOnceAndAcknowledged()
    {
        await using ConsumerHarness harness = await StartAsync();

        await harness.PublishAsync("orders.created", Order);
        await harness.WaitUntilIdleAsync();

        HandledMessage handled = Assert.Single(harness.AssertHandled("orders.created"));
        Assert.Equal(["OrderHandler.OnCreatedAsync"], handled.Handlers);
        harness.AssertAcknowledged("orders.created");
    }

    [Fact]
    public async Task Cancelled_WarehouseDoesNotAnswer_IsTriedAgainInASecond()
    {
        await using ConsumerHarness harness = await StartAsync();

        await harness.PublishAsync("orders.cancelled", Order);
        await harness.AdvanceUntilSettledAsync();

        harness.AssertRetried("orders.cancelled", TimeSpan.FromSeconds(1));
        harness.AssertAcknowledged("orders.cancelled");
    }

    [Fact]
    public async Task Poison_IsADeadLetterAtOnce()
    {
        await using ConsumerHarness harness = await StartAsync();

        await harness.PublishAsync("orders.created", "{"u8.ToArray());
        await harness.WaitUntilIdleAsync();

        harness.AssertRetried("orders.created");
        harness.AssertDeadLettered("orders.created", "cannot be read as Order");
    }

    [Fact]
    public async Task Unknown_IsDroppedByTheFallback()
    {
        await using ConsumerHarness harness = await StartAsync();

        await harness.PublishAsync("orders.archive.done", Order);
        await harness.WaitUntilIdleAsync();

        Assert.Equal("not handled by this worker", Assert.Single(harness.Settled).Reason);
        harness.AssertNothingDeadLettered();
    }

    private static Task<ConsumerHarness> StartAsync() =>
        ConsumerHarness.StartAsync(builder => builder.AddNatsConsumers(nats => nats.AddConsumer<OrderConsumer>()));
}
