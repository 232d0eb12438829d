using Microsoft.Extensions.DependencyInjection;
using Nats.Consumer.Client;
using Nats.Consumer.InMemory;

namespace Nats.Consumer.Testing.Tests.Harness;

/// <summary>What happens to messages, as a test sees it.</summary>
public class HarnessTests
{
    private readonly Shop _shop = new();

    [Fact]
    public async Task Publish_HandlerSucceeds_IsHandledAndAcknowledged()
    {
        await using ConsumerHarness harness = await _shop.StartAsync();

        PublishAck stored = await harness.PublishAsync("orders.typed", new Order(7));
        await harness.WaitUntilIdleAsync();

        stored.ShouldBe(new PublishAck("orders", 1, false));
        HandledMessage handled = harness.AssertHandled("orders.typed").ShouldHaveSingleItem();
        (handled.Attempt, handled.Outcome, handled.Error).ShouldBe((1, Outcome.Ack, null));
        handled.Handlers.ShouldBe(["ShopHandler.OnTypedAsync"]);
        harness.AssertAcknowledged("orders.typed");
        harness.AssertPublished("invoices.made").ShouldHaveSingleItem().Read<Invoice>().ShouldBe(new Invoice(7));
        harness.AssertRetried("orders.>");
        harness.AssertNothingDeadLettered();
        harness.Time.GetUtcNow().ShouldBe(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), "no time has passed");
    }

    [Fact]
    public async Task Publish_BytesAndHeaders_ReachTheHandler()
    {
        string? seen = null;
        _shop.OnOrder = (message, _) =>
        {
            seen = $"{message.Headers?["Trace"]} {System.Text.Encoding.UTF8.GetString(message.Payload.Span)}";
            return Task.FromResult(Outcome.Ack);
        };
        await using ConsumerHarness harness = await _shop.StartAsync();

        await harness.PublishAsync("orders.ada.placed", "raw"u8.ToArray(), new NatsHeaders { ["Trace"] = "abc" });
        await harness.WaitUntilIdleAsync();

        seen.ShouldBe("abc raw");
        harness.Published.ShouldHaveSingleItem().Headers!["Trace"].ShouldBe("abc");
    }

    [Fact]
    public async Task Failure_ThreeAttempts_IsRetriedWithItsDelaysThenDeadLettered()
    {
        _shop.OnOrder = (_, _) => throw new InvalidOperationException("no stock");
        await using ConsumerHarness harness = await _shop.StartAsync();
        await harness.PublishAsync("orders.ada.placed", new Order(1));

        TimeSpan took = await harness.AdvanceUntilSettledAsync();

        took.ShouldBe(TimeSpan.FromSeconds(310));
        harness.AssertHandled("orders.ada.placed", times: 3).ShouldAllBe(attempt => attempt.Error is InvalidOperationException);
        harness.AssertRetried("orders.ada.placed", TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(5));
        harness.Settled.Where(settlement => settlement.Kind == SettlementKind.Nak).Select(settlement => settlement.Delay).ShouldBe([TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(5)]);
        harness.Settled.Single(settlement => settlement.Kind == SettlementKind.Term).Deliveries.ShouldBe(3);
        DeadLetter letter = harness.AssertDeadLettered("orders.ada.placed", "no stock").ShouldHaveSingleItem();
        letter.Read<Order>().ShouldBe(new Order(1));
        _shop.HandleErrorCalls.ShouldBe(1);
    }

    [Fact]
    public async Task Retries_OverAnHour_TakeNoTime()
    {
        _shop.OnOrder = (message, _) => Task.FromResult(message.DeliveryCount <= 60 ? Outcome.Retry : Outcome.Ack);
        await using ConsumerHarness harness = await _shop.StartAsync<PatientConsumer>();
        await harness.PublishAsync("orders.ada.placed", new Order(1));

        await harness.AdvanceAsync(TimeSpan.FromHours(1));

        harness.AssertHandled("orders.ada.placed", times: 61);
        harness.AssertAcknowledged("orders.ada.placed");
    }

    [Fact]
    public async Task Advance_StepByStep_EachThingHappensAtItsTime()
    {
        _shop.OnOrder = (_, _) => Task.FromResult(Outcome.RetryAfter(TimeSpan.FromMinutes(2)));
        await using ConsumerHarness harness = await _shop.StartAsync();
        await harness.PublishAsync("orders.ada.placed", new Order(1));

        await harness.AdvanceAsync(TimeSpan.FromMinutes(2) - TimeSpan.FromMilliseconds(1));
        harness.AssertHandled("orders.>", times: 1);
        await harness.AdvanceAsync(TimeSpan.FromMilliseconds(1));
        harness.AssertHandled("orders.>", times: 2)[1].Began.ShouldBe(new DateTimeOffset(2026, 1, 1, 0, 2, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task Outcomes_OfEachKind_AreSettledAsTheySay()
    {
        _shop.OnOrder = (message, _) => Task.FromResult(message.Subject switch
        {
            "orders.a.drop" => Outcome.Drop("not ours"),
            "orders.a.bury" => Outcome.DeadLetter("no such customer"),
            _ => Outcome.Ack,
        });
        await using ConsumerHarness harness = await _shop.StartAsync();
        foreach (string what in new[] { "drop", "bury", "keep" })
            await harness.PublishAsync($"orders.a.{what}", new Order(1));

        await harness.AdvanceUntilSettledAsync();

        Settlement dropped = harness.Settled.Single(settlement => settlement.Subject == "orders.a.drop");
        (dropped.Kind, dropped.Reason).ShouldBe((SettlementKind.Term, "not ours"));
        harness.AssertDeadLettered("orders.a.bury", "no such customer");
        harness.AssertAcknowledged("orders.>");
        harness.AssertHandledInOrder("orders.a.drop", "orders.a.bury", "orders.a.keep");
    }

    [Fact]
    public async Task InProgress_ByTheHandler_IsRecorded()
    {
        _shop.OnOrder = async (message, cancellationToken) =>
        {
            await message.InProgressAsync(cancellationToken);
            return Outcome.Ack;
        };
        await using ConsumerHarness harness = await _shop.StartAsync();

        await harness.PublishAsync("orders.ada.placed", new Order(1));
        await harness.WaitUntilIdleAsync();

        harness.Settled.Select(settlement => settlement.Kind).ShouldBe([SettlementKind.InProgress, SettlementKind.Ack]);
    }

    [Fact]
    public async Task Poison_ThatCannotBeRead_IsDeadLetteredWithoutRetry()
    {
        await using ConsumerHarness harness = await _shop.StartAsync();

        await harness.PublishAsync("orders.typed", "{"u8.ToArray());
        await harness.WaitUntilIdleAsync();

        harness.AssertDeadLettered("orders.typed", "cannot be read as Order");
        harness.AssertRetried("orders.typed");
    }

    [Fact]
    public async Task OrderBy_AKeyFails_HoldsUpItsOwnKeyOnly()
    {
        _shop.OnOrder = (message, _) => Task.FromResult(message is { Subject: "orders.ada.one", DeliveryCount: 1 } ? Outcome.Retry : Outcome.Ack);
        await using ConsumerHarness harness = await _shop.StartAsync<LanesConsumer>();
        foreach (string subject in new[] { "orders.ada.one", "orders.ada.two", "orders.bob.one" })
            await harness.PublishAsync(subject, new Order(1));

        await harness.AdvanceUntilSettledAsync();

        harness.AssertRetried("orders.ada.one", TimeSpan.FromSeconds(10));
        harness.Handled.Where(handled => handled.Subject.StartsWith("orders.ada", StringComparison.Ordinal)).Select(handled => handled.Subject)
            .ShouldBe(["orders.ada.one", "orders.ada.one", "orders.ada.two"]);
        harness.AssertHandled("orders.bob.one")[0].Ended.ShouldBe(harness.Published[2].Time);
    }

    [Fact]
    public async Task OldServer_TermWithReason_HasNone()
    {
        _shop.OnOrder = (_, _) => Task.FromResult(Outcome.Drop("not ours"));
        await using ConsumerHarness harness = await _shop.StartAsync(new ConsumerHarnessOptions { ServerVersion = InMemoryServerVersion.Nats29 });

        await harness.PublishAsync("orders.ada.placed", new Order(1));
        await harness.WaitUntilIdleAsync();

        (harness.Settled[0].Kind, harness.Settled[0].Reason).ShouldBe((SettlementKind.Term, ""));
    }

    [Fact]
    public async Task Arrange_BeforeTheStart_IsThereWhenTheWorkerComes()
    {
        var options = new ConsumerHarnessOptions
        {
            Arrange = async jetStream =>
            {
                await jetStream.CreateStreamAsync(new StreamConfig("orders") { Subjects = ["orders.>"] });
                await jetStream.PublishAsync("orders.ada.placed", new Order(1));
            },
        };

        await using ConsumerHarness harness = await _shop.StartAsync(options);

        harness.AssertAcknowledged("orders.ada.placed");
    }

    [Fact]
    public async Task Handler_OnRealTime_IsWaitedFor()
    {
        _shop.OnOrder = async (_, cancellationToken) =>
        {
            await Task.Delay(50, cancellationToken);
            return Outcome.Ack;
        };
        await using ConsumerHarness harness = await _shop.StartAsync();

        await harness.PublishAsync("orders.ada.placed", new Order(1));
        await harness.WaitUntilIdleAsync();

        harness.AssertAcknowledged("orders.ada.placed");
    }

    [Fact]
    public async Task Handler_OnTheInjectedClock_WaitsForTheTest()
    {
        ConsumerHarness harness = null!;
        _shop.OnOrder = async (_, cancellationToken) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(20), harness.Services.GetRequiredService<TimeProvider>(), cancellationToken);
            return Outcome.Ack;
        };
        await using ConsumerHarness started = harness = await _shop.StartAsync();

        await harness.PublishAsync("orders.ada.placed", new Order(1));
        await harness.AdvanceAsync(TimeSpan.FromSeconds(19));
        harness.AssertHandled("orders.ada.placed", times: 0);
        await harness.AdvanceAsync(TimeSpan.FromSeconds(1));
        harness.AssertAcknowledged("orders.ada.placed");
    }

    [Fact]
    public async Task Handler_WithATimeOutOnTheInjectedClock_IsStillWaitedFor()
    {
        ConsumerHarness harness = null!;
        _shop.OnOrder = async (_, _) =>
        {
            using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(5), harness.Services.GetRequiredService<TimeProvider>());
            await Task.Delay(30, timeout.Token);
            return Outcome.Ack;
        };
        await using ConsumerHarness started = harness = await _shop.StartAsync();

        await harness.PublishAsync("orders.ada.placed", new Order(1));
        await harness.AdvanceAsync(TimeSpan.FromSeconds(10));

        harness.AssertAcknowledged("orders.ada.placed");
    }

    [Fact]
    public async Task Handler_ThatNeverReturns_IsNamedAfterTheHarnessesPatience()
    {
        var never = new TaskCompletionSource<Outcome>();
        _shop.OnOrder = (_, _) => never.Task;
        await using ConsumerHarness harness = await _shop.StartAsync(new ConsumerHarnessOptions { Patience = TimeSpan.FromSeconds(3) });
        await harness.PublishAsync("orders.ada.placed", new Order(1));

        var failure = await Should.ThrowAsync<ConsumerHarnessException>(() => harness.WaitUntilIdleAsync());

        failure.Message.ShouldContain("the handler of orders #1 orders.ada.placed runs, and waits for something that is neither the server nor the harness's clock");
        never.SetResult(Outcome.Ack);
    }

    [Fact]
    public async Task Harnesses_ManyAtOnce_DoNotSeeEachOther()
    {
        async Task<int> RunAsync(int number)
        {
            var shop = new Shop { OnOrder = (message, _) => Task.FromResult(message.DeliveryCount < 3 ? Outcome.Retry : Outcome.Ack) };
            await using ConsumerHarness harness = await shop.StartAsync();
            for (int i = 0; i < number; i++)
                await harness.PublishAsync("orders.ada.placed", new Order(i));
            (await harness.AdvanceUntilSettledAsync()).ShouldBe(TimeSpan.FromSeconds(310));
            harness.AssertAcknowledged("orders.>", number);
            return harness.AssertHandled("orders.>", number * 3).Count;
        }

        int[] counts = await Task.WhenAll(Enumerable.Range(1, 12).Select(number => Task.Run(() => RunAsync(number))));

        counts.ShouldBe(Enumerable.Range(1, 12).Select(number => number * 3));
    }
}
