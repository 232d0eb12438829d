using Microsoft.Extensions.DependencyInjection;

namespace Nats.Consumer.Testing.Tests.Harness;

/// <summary>A worker with consumers on two servers.</summary>
public class HarnessConnectionTests
{
    private readonly Shop _shop = new();

    [Fact]
    public async Task TwoServers_EachConsumer_HandlesWhatIsOnItsOwn()
    {
        await using ConsumerHarness harness = await StartAsync();

        await harness.PublishAsync("orders.ada.placed", new Order(1));
        await harness.JetStreamOf("eu").PublishAsync("orders.bob.placed", new Order(2));
        await harness.AdvanceUntilSettledAsync();

        harness.AssertHandled("orders.ada.placed").Single().Consumer.ShouldEndWith("--ShopConsumer");
        harness.AssertHandled("orders.bob.placed").Single().Consumer.ShouldEndWith("--EuShopConsumer");
        (await harness.JetStreamOf("EU").GetStreamAsync("orders"))!.State.Messages.ShouldBe(1);
        harness.ServerOf("eu").ShouldNotBeSameAs(harness.Server);
        Should.Throw<ArgumentException>(() => harness.ServerOf("us")).Message.ShouldStartWith("The worker has no connection 'us'.");
    }

    [Fact]
    public async Task OneConnectionLost_TheOtherGoesOn_AndRetriesTakeNoRealTime()
    {
        int attempts = 0;
        _shop.OnOrder = (message, _) => Task.FromResult(message.Subject.Contains("bob", StringComparison.Ordinal) && ++attempts < 3 ? Outcome.Retry : Outcome.Ack);
        await using ConsumerHarness harness = await StartAsync();
        await harness.LoseConnectionAsync("eu");
        await harness.JetStreamOf("eu").PublishAsync("orders.bob.placed", new Order(2));
        await harness.PublishAsync("orders.ada.placed", new Order(1));
        await harness.WaitUntilIdleAsync();
        harness.AssertAcknowledged("orders.ada.placed");
        harness.AssertHandled("orders.bob.placed", times: 0);

        await harness.RestoreConnectionAsync();
        TimeSpan passed = await harness.AdvanceUntilSettledAsync();

        harness.AssertHandled("orders.bob.placed", times: 3);
        harness.AssertAcknowledged("orders.bob.placed");
        passed.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task Crash_WithSeveralConnections_EndsAllOfThem()
    {
        _shop.OnOrder = async (_, cancellationToken) =>
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return Outcome.Ack;
        };
        await using ConsumerHarness harness = await StartAsync(new ConsumerHarnessOptions { ArrangeConnection = (name, jetStream) => jetStream.CreateStreamAsync(new StreamConfig($"arranged-{name}") { Subjects = ["arranged"] }) });
        await harness.JetStreamOf("eu").PublishAsync("orders.bob.placed", new Order(2));
        await Task.Yield();
        await harness.CrashAsync();
        harness.AssertAcknowledged("orders.bob.placed", times: 0);

        _shop.OnOrder = (_, _) => Task.FromResult(Outcome.Ack);
        await harness.RestartAsync();
        await harness.AdvanceUntilSettledAsync();

        harness.AssertAcknowledged("orders.bob.placed");
        (await harness.JetStreamOf("eu").GetStreamAsync("arranged-eu")).ShouldNotBeNull();
    }

    private Task<ConsumerHarness> StartAsync(ConsumerHarnessOptions? options = null) => ConsumerHarness.StartAsync(
        builder =>
        {
            builder.Services.AddSingleton(_shop);
            builder.Configuration["Nats:Connections:eu:Url"] = "nats://eu.example.com";
            builder.AddNatsConsumers(nats => nats.AddConsumer<ShopConsumer>().AddConsumer<EuShopConsumer>());
        },
        options);

    private sealed class EuShopConsumer(Shop shop) : ShopConsumer(shop)
    {
        public override string? Connection => "eu";
    }
}
