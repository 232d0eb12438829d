using Microsoft.Extensions.DependencyInjection;
using Nats.Consumer.InMemory;

namespace Nats.Consumer.Testing.Tests.Harness;

/// <summary>A worker with a subject prefix: tests say what they say without one, and only the server has it.</summary>
public class HarnessPrefixTests
{
    private readonly Shop _shop = new();

    [Fact]
    public async Task Everything_WithASubjectPrefix_HasTheApplicationsNames()
    {
        _shop.OnOrder = (_, _) => throw new InvalidOperationException("no stock");
        var stored = new List<string>();
        await using ConsumerHarness harness = await StartAsync(new ConsumerHarnessOptions { Arrange = jetStream => jetStream.CreateStreamAsync(new StreamConfig("arranged") { Subjects = ["arranged"] }) });
        harness.Server.Happened += happened =>
        {
            if (happened.Kind == InMemoryEventKind.Stored)
                stored.Add($"{happened.Stream} {happened.Subject}");
        };

        (await harness.PublishAsync("orders.ada.placed", new Order(1))).Stream.ShouldBe("orders");
        await harness.AdvanceUntilSettledAsync();

        harness.AssertHandled("orders.ada.placed", times: 3).ShouldAllBe(handled => handled.Stream == "orders");
        harness.AssertRetried("orders.ada.placed", TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(5));
        harness.AssertDeadLettered("orders.ada.placed").ShouldHaveSingleItem().Reason.ShouldBe("no stock");
        harness.Published.ShouldHaveSingleItem().Stream.ShouldBe("orders");
        harness.Settled.ShouldAllBe(settled => settled.Stream == "orders" && settled.Subject == "orders.ada.placed");
        (await harness.JetStream.DeadLettersOf("orders").CountAsync()).ShouldBe(1);
        (await harness.JetStream.ListStreamNamesAsync().ToListAsync()).ShouldBe(["arranged", "invoices", "orders", "orders-dead-letters"], ignoreOrder: true);
        harness.Timeline.ShouldContain("orders #1 orders.ada.placed");
        harness.Timeline.ShouldNotContain("staging.orders");
        stored[0].ShouldBe("staging-orders staging.orders.ada.placed");
        stored.ShouldAllBe(line => line.StartsWith("staging-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Faults_WithASubjectPrefix_AreSaidWithoutIt()
    {
        await using ConsumerHarness harness = await StartAsync();
        using (harness.FailPublishes("orders.>", times: 1))
            await Should.ThrowAsync<JetStreamException>(harness.PublishAsync("orders.ada.placed", new Order(1)));
        await harness.LoseConnectionAsync();
        await harness.PublishAsync("orders.ada.placed", new Order(1));
        await harness.RestoreConnectionAsync();
        await harness.AdvanceUntilSettledAsync();
        harness.AssertAcknowledged("orders.ada.placed");
        await harness.CrashAsync();
        await harness.RestartAsync();
    }

    private Task<ConsumerHarness> StartAsync(ConsumerHarnessOptions? options = null) => ConsumerHarness.StartAsync(
        builder =>
        {
            builder.Services.AddSingleton(_shop);
            builder.Configuration["Nats:SubjectPrefix"] = "staging";
            builder.AddNatsConsumers(nats => nats.AddConsumer<ShopConsumer>());
        },
        options);
}
