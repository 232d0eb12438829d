using Microsoft.Extensions.DependencyInjection;
using Nats.Consumer.InMemory;

namespace Nats.Consumer.Testing.Tests.Harness;

/// <summary>What a test is told when something is not as it expects.</summary>
public class HarnessMessageTests
{
    private readonly Shop _shop = new();

    [Fact]
    public async Task Asserts_ThatDoNotHold_SayWhatWasAndShowTheTimeline()
    {
        _shop.OnOrder = (_, _) => throw new InvalidOperationException("no stock");
        await using ConsumerHarness harness = await _shop.StartAsync();
        await harness.PublishAsync("orders.ada.placed", new Order(1));
        await harness.AdvanceUntilSettledAsync();

        Message(() => harness.AssertHandled("orders.ada.placed")).ShouldStartWith("'orders.ada.placed' was to be handled once. It was 3 times.\nWhat happened:\n");
        Message(() => harness.AssertAcknowledged("orders.>")).ShouldStartWith("'orders.>' was to be acknowledged once. It was never.");
        Message(() => harness.AssertPublished("orders.bob.*")).ShouldStartWith("'orders.bob.*' was to be published once. It was never.");
        Message(() => harness.AssertNothingDeadLettered()).ShouldStartWith("'>' was to be dead-lettered never. It was once.");
        Message(() => harness.AssertDeadLettered("orders.>", "weather")).ShouldStartWith("The reason for which 'orders.ada.placed' became a dead letter was to contain \"weather\". It is \"");
        Message(() => harness.AssertRetried("orders.>", TimeSpan.FromSeconds(1))).ShouldStartWith("'orders.>' was to be tried again after 00:00:01. It was after 00:00:10, 00:05:00.");
        Message(() => harness.AssertHandledInOrder("orders.bob.placed")).ShouldStartWith("Messages were to be handled in this order: orders.bob.placed. They were handled in this one: orders.ada.placed, ");
    }

    [Fact]
    public async Task Timeline_OfAFailure_TellsTheStory()
    {
        _shop.OnOrder = (_, _) => throw new InvalidOperationException("no stock");
        await using ConsumerHarness harness = await _shop.StartAsync();
        await harness.PublishAsync("orders.ada.placed", "x"u8.ToArray());
        await harness.AdvanceUntilSettledAsync();

        string[] lines = [.. harness.Timeline.Split('\n').Select(line => line.Trim()).Where(line => !line.Contains("log  ", StringComparison.Ordinal))];

        string durable = harness.Handled[0].Consumer;
        lines.ShouldBe(
        [
            "00:00:00.000  worker        is started",
            "00:00:00.000  published     orders #1 orders.ada.placed (1 bytes)",
            $"00:00:00.000  delivered     orders #1 orders.ada.placed to {durable}, delivery 1",
            "00:00:00.000  handling      orders #1 orders.ada.placed by ShopHandler.OnOrderAsync, attempt 1",
            "00:00:00.000  handled       orders #1 orders.ada.placed: InvalidOperationException: no stock",
            "00:00:00.000  retry         orders #1 orders.ada.placed in 00:00:10",
            $"00:00:00.000  settled       orders #1 orders.ada.placed by {durable}: nak, again in 00:00:10",
            $"00:00:10.000  delivered     orders #1 orders.ada.placed to {durable}, delivery 2",
            "00:00:10.000  handling      orders #1 orders.ada.placed by ShopHandler.OnOrderAsync, attempt 2",
            "00:00:10.000  handled       orders #1 orders.ada.placed: InvalidOperationException: no stock",
            "00:00:10.000  retry         orders #1 orders.ada.placed in 00:05:00",
            $"00:00:10.000  settled       orders #1 orders.ada.placed by {durable}: nak, again in 00:05:00",
            $"00:05:10.000  delivered     orders #1 orders.ada.placed to {durable}, delivery 3",
            "00:05:10.000  handling      orders #1 orders.ada.placed by ShopHandler.OnOrderAsync, attempt 3",
            "00:05:10.000  handled       orders #1 orders.ada.placed: InvalidOperationException: no stock",
            "00:05:10.000  dead letter   orders #1 orders.ada.placed: no stock",
            $"00:05:10.000  settled       orders #1 orders.ada.placed by {durable}: term, no stock",
            "00:05:10.000  now",
        ]);
    }

    [Fact]
    public async Task Start_StreamIsMissing_SaysWhy()
    {
        var failure = await Should.ThrowAsync<ConsumerHarnessException>(() => ConsumerHarness.StartAsync(builder => builder.AddNatsConsumers(nats => nats.AddConsumer<StreamlessConsumer>())));

        failure.Message.ShouldContain("The worker has given up:");
        failure.Message.ShouldContain("nowhere");
    }

    [Fact]
    public async Task Start_WithoutConsumers_SaysWhatToCall()
    {
        var failure = await Should.ThrowAsync<ConsumerHarnessException>(() => ConsumerHarness.StartAsync(_ => { }));

        failure.Message.ShouldContain("builder.AddNatsConsumers()");
    }

    [Fact]
    public async Task Start_WithAConnectionOfItsOwn_SaysThatItIsNotTheHarnesses()
    {
        using var other = new InMemoryJetStream();
        var failure = await Should.ThrowAsync<ConsumerHarnessException>(() => ConsumerHarness.StartAsync(builder =>
        {
            builder.Services.AddSingleton(_shop);
            builder.AddNatsConsumers(nats => nats.AddConsumer<ShopConsumer>().UseConnection(_ => other.CreateConnection()));
        }));

        failure.Message.ShouldContain("does not connect to the harness's server");
    }

    [Fact]
    public async Task AdvanceUntil_ItDoesNotHappen_SaysSo()
    {
        await using ConsumerHarness harness = await _shop.StartAsync();

        var failure = await Should.ThrowAsync<ConsumerHarnessException>(() => harness.AdvanceUntilAsync(() => false, TimeSpan.FromMinutes(1)));

        failure.Message.ShouldStartWith("What was waited for did not happen within 00:01:00.");
    }

    private static string Message(Action assert) => Should.Throw<ConsumerHarnessException>(assert).Message;

    private sealed class StreamlessConsumer : PullConsumer
    {
        public override string StreamName => "nowhere";

        public override IReadOnlyList<string> Subjects => ["orders.>"];

        public override IReadOnlyList<Type> Handlers => [typeof(RawHandler)];
    }

    private sealed class RawHandler : ConsumerHandler
    {
        [Handle("orders.any")]
        public static Task OnAnyAsync(MessageContext message) => Task.CompletedTask;
    }
}
