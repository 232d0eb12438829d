using Nats.Consumer.InMemory;

namespace Nats.Consumer.Testing.Tests.Harness;

/// <summary>What a test can let go wrong.</summary>
public class HarnessFaultTests
{
    private readonly Shop _shop = new();

    [Fact]
    public async Task LostConnection_PublishedMeanwhile_IsHandledWhenItIsBack()
    {
        await using ConsumerHarness harness = await _shop.StartAsync();
        await harness.LoseConnectionAsync();
        await harness.PublishAsync("orders.ada.placed", new Order(1));
        await harness.AdvanceAsync(TimeSpan.FromMinutes(10));
        harness.AssertHandled("orders.>", times: 0);

        await harness.RestoreConnectionAsync();

        harness.AssertAcknowledged("orders.ada.placed");
    }

    [Fact]
    public async Task LostConnection_UnderAHandler_MessageIsSettledOnceItIsBack()
    {
        await using ConsumerHarness harness = await _shop.StartAsync();
        using IDisposable slow = harness.SlowHandlers(TimeSpan.FromSeconds(5));
        await harness.PublishAsync("orders.ada.placed", new Order(1));
        await harness.WaitUntilIdleAsync();
        await harness.LoseConnectionAsync();
        await harness.AdvanceAsync(TimeSpan.FromSeconds(5));
        harness.AssertHandled("orders.ada.placed");
        harness.AssertAcknowledged("orders.ada.placed", times: 0);

        await harness.RestoreConnectionAsync();
        await harness.AdvanceUntilSettledAsync();

        harness.AssertAcknowledged("orders.ada.placed");
    }

    [Theory]
    [InlineData(InMemoryPublishFault.Error)]
    [InlineData(InMemoryPublishFault.NoAnswer)]
    public async Task DeadLetter_CannotBeStoredAtFirst_IsKeptLater(InMemoryPublishFault kind)
    {
        _shop.OnOrder = (_, _) => Task.FromResult(Outcome.DeadLetter("no"));
        await using ConsumerHarness harness = await _shop.StartAsync();
        using IDisposable fault = harness.FailPublishes("dead-letters.>", kind, times: 3);

        await harness.PublishAsync("orders.ada.placed", new Order(1));
        await harness.WaitUntilIdleAsync();
        harness.AssertNothingDeadLettered();
        await harness.AdvanceUntilSettledAsync();

        harness.AssertDeadLettered("orders.ada.placed", "no");
        harness.AssertHandled("orders.ada.placed");
    }

    [Fact]
    public async Task FailedPublish_OfTheTest_Throws()
    {
        await using ConsumerHarness harness = await _shop.StartAsync();
        using (harness.FailPublishes("orders.>"))
            (await Should.ThrowAsync<JetStreamApiException>(() => harness.PublishAsync("orders.ada.placed", new Order(1)))).Code.ShouldBe(503);
        using (harness.FailPublishes("orders.>", InMemoryPublishFault.NoAnswer))
            await Should.ThrowAsync<JetStreamTimeoutException>(() => harness.PublishAsync("orders.ada.placed", new Order(1)));

        (await harness.PublishAsync("orders.ada.placed", new Order(1))).Sequence.ShouldBe(1UL);
    }

    [Fact]
    public async Task SlowHandlers_LongerThanAckWait_MessageIsExtendedAndHandledOnce()
    {
        await using ConsumerHarness harness = await _shop.StartAsync();
        using IDisposable slow = harness.SlowHandlers(TimeSpan.FromSeconds(90), "orders.ada.*");
        await harness.PublishAsync("orders.ada.placed", new Order(1));
        await harness.PublishAsync("orders.bob.placed", new Order(2));

        (await harness.AdvanceUntilSettledAsync()).ShouldBe(TimeSpan.FromSeconds(90));

        harness.AssertHandled("orders.ada.placed")[0].Ended.ShouldBe(harness.Published[0].Time + TimeSpan.FromSeconds(90));
        harness.Settled.Count(settlement => settlement.Kind == SettlementKind.InProgress).ShouldBeGreaterThan(5);
        harness.AssertAcknowledged("orders.>", times: 2);
    }

    [Fact]
    public async Task Crash_UnderAHandler_MessageComesAgainAfterTheAckWait()
    {
        await using ConsumerHarness harness = await _shop.StartAsync();
        IDisposable slow = harness.SlowHandlers(TimeSpan.FromSeconds(5));
        await harness.PublishAsync("orders.ada.placed", new Order(1));
        await harness.WaitUntilIdleAsync();

        await harness.CrashAsync();
        slow.Dispose();
        await harness.AdvanceAsync(TimeSpan.FromSeconds(10));
        harness.AssertHandled("orders.>", times: 0);
        await harness.RestartAsync();
        harness.AssertHandled("orders.>", times: 0);
        await harness.AdvanceUntilSettledAsync();

        HandledMessage handled = harness.AssertHandled("orders.ada.placed").ShouldHaveSingleItem();
        handled.Attempt.ShouldBe(2);
        (handled.Began - harness.Published[0].Time).ShouldBe(TimeSpan.FromSeconds(30), "the ack wait");
        harness.AssertAcknowledged("orders.ada.placed");
    }

    [Fact]
    public async Task Crash_AgainAndAgain_EndsInADeadLetter()
    {
        await using ConsumerHarness harness = await _shop.StartAsync();
        using IDisposable slow = harness.SlowHandlers(TimeSpan.FromSeconds(5));
        await harness.PublishAsync("orders.ada.placed", new Order(1));
        for (int crash = 0; crash < 4; crash++) // three attempts, and a trial alone
        {
            await harness.AdvanceUntilAsync(() => harness.Timeline.Split("slowed down").Length == crash + 2);
            await harness.CrashAsync();
            await harness.RestartAsync();
        }

        await harness.AdvanceUntilSettledAsync();

        harness.AssertDeadLettered("orders.ada.placed", "delivered 5 times without being settled");
        harness.AssertHandled("orders.ada.placed", times: 0);
    }

    [Fact]
    public async Task Stop_HandlerRuns_FinishesItAndGivesBackTheRest()
    {
        await using ConsumerHarness harness = await _shop.StartAsync();
        using IDisposable slow = harness.SlowHandlers(TimeSpan.FromSeconds(5));
        for (int i = 0; i < 3; i++)
            await harness.PublishAsync("orders.ada.placed", new Order(i));
        await harness.WaitUntilIdleAsync();

        await harness.StopAsync();
        harness.AssertAcknowledged("orders.ada.placed", times: 1);
        harness.Settled.Count(settlement => settlement.Kind == SettlementKind.Nak).ShouldBe(2);
        await harness.RestartAsync();
        await harness.AdvanceUntilSettledAsync();

        harness.AssertHandled("orders.ada.placed", times: 3);
        harness.AssertAcknowledged("orders.ada.placed", times: 3);
    }

    [Fact]
    public async Task Restart_WhileItRuns_StopsItFirst()
    {
        await using ConsumerHarness harness = await _shop.StartAsync();
        IServiceProvider before = harness.Services;

        await harness.RestartAsync();

        harness.Services.ShouldNotBe(before);
        await harness.PublishAsync("orders.ada.placed", new Order(1));
        await harness.WaitUntilIdleAsync();
        harness.AssertAcknowledged("orders.ada.placed");
    }

    [Fact]
    public async Task Services_AfterACrash_SayThatNoWorkerRuns()
    {
        await using ConsumerHarness harness = await _shop.StartAsync();
        await harness.CrashAsync();

        Should.Throw<InvalidOperationException>(() => harness.Services).Message.ShouldContain("RestartAsync");
    }
}
