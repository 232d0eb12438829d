using System.Text.Json.Nodes;
using Nats.Consumer.Consuming;
using Nats.Consumer.Tests.Fakes;

namespace Nats.Consumer.Tests.Consuming;

/// <summary>
/// Each setting of the predecessors, oxnats 2.0 and its fork 1.0, has an expression here that means what their documents say: not always what they did, since a server's <c>backoff</c> delays nothing that is
/// negatively acknowledged.
/// </summary>
public class PredecessorSettingsTests
{
    [Fact]
    public void V2_ConsumerAttributes_AreWhatTheServerIsTold()
    {
        JsonObject config = ConfigOf(new V2Consumer());
        ((string?)config["durable_name"]).ShouldBe("default"); // durable_name, and DEFAULT_DURABLE_NAME
        ((string?)config["filter_subject"]).ShouldBe("orders.created"); // filter_subject, and subjects with one entry
        ((string?)config["deliver_policy"]).ShouldBe("all"); // deliver_policy
        ((int?)config["max_deliver"]).ShouldBe(5, "max_deliver; with NAK at the end the server counts alone"); // max_deliver, handle_error_ack_behavior
        ((long?)config["ack_wait"]).ShouldBe(30_000_000_000); // ack_wait, in seconds
        config["backoff"].ShouldBeNull("it would replace the ack wait");
        config["deliver_subject"].ShouldBeNull();
    }

    [Fact]
    public void V2_BackoffDelays_AreTheDelaysBetweenAttemptsAndTheLastOneRepeats() =>
        Delays(new V2Consumer(), 5).ShouldBe([1, 5, 10, 10, 10]); // backoff_delays = [1, 5, 10]

    [Fact]
    public void V2_PushConsumer_DeliversToTheSubjectOfItsDurable() =>
        ((string?)ConfigOf(new V2Push())["deliver_subject"]).ShouldBe("default.deliver"); // f"{durable}.deliver"

    [Theory]
    [InlineData(ErrorAckBehavior.Ack, "+ACK")] // ACK
    [InlineData(ErrorAckBehavior.Nak, "-NAK")] // NAK, the default there
    [InlineData(ErrorAckBehavior.HandledByHandleError, "+TERM by hand")] // IMPLEMENTED_BY_HANDLE_ERROR
    public async Task V2_HandleErrorAckBehavior_SettlesAtTheEnd(ErrorAckBehavior behavior, string settlement)
    {
        int told = 0;
        Lane lane = new Lane(new StubConsumer
        {
            Attempts = 5,
            Exhausted = behavior,
            OnError = (message, error, deliveryCount) => // handle_error(msg, error, delivery_count)
            {
                (error.Message, deliveryCount).ShouldBe(("no database", 5));
                told++;
                return behavior == ErrorAckBehavior.HandledByHandleError ? message.TermAsync("by hand") : ValueTask.CompletedTask;
            },
        }).Handle(_ => throw new InvalidOperationException("no database"));
        await lane.ProcessAsync(delivered: 4);
        await lane.ProcessAsync(delivered: 5);
        told.ShouldBe(1);
        lane.Settlements[^1].ShouldBe(settlement);
        lane.DeadLetters.ShouldBeEmpty();
    }

    [Fact]
    public void V2_SetupOperations_AreStreamOperations() // CreateStream, CreateOrUpdateStream, UpdateStream, DeleteStream
    {
        new V2Consumer().Operations.Select(operation => operation.ToString()!.Length).ShouldAllBe(length => length > 0);
        new V2Consumer().Operations.Count().ShouldBe(4);
    }

    [Fact]
    public void V2_BatchSizeAndTimeout_AreHowMuchIsKeptRequestedAndHowLongABatchWaits()
    {
        ConsumerSettings settings = ConsumerSettings.Of(new V2Consumer());
        (settings.BatchSize, settings.MaxWait).ShouldBe((50, TimeSpan.FromSeconds(5)));
    }

    // max_retries = 3, initial_retry_delay = 1, backoff_factor = 2, max_retry_delay = 60: four attempts, in its own process.
    [Theory]
    [InlineData(3, 1, 2, 60, new double[] { 1, 2, 4 })]
    [InlineData(8, 1, 2, 60, new double[] { 1, 2, 4, 8, 16, 32, 60, 60 })]
    [InlineData(3, 0.5, 3, 2, new double[] { 0.5, 1.5, 2 })]
    public void V1_RetrySettings_AreAnExponentialPolicy(int maxRetries, double initial, double factor, double most, double[] delays)
    {
        var consumer = new V1Consumer(maxRetries, initial, factor, most);
        consumer.MaxDeliver.ShouldBe(maxRetries + 1);
        Delays(consumer, maxRetries).ShouldBe(delays);
    }

    // There a failing message kept its place, and those behind it waited: one at a time, tried again in place.
    [Fact]
    public void V1_RetriesInPlace_AreOrderBy()
    {
        ConsumerPlan plan = Plan(new V1InPlace());
        plan.LaneKey.ShouldNotBeNull();
    }

    private static double[] Delays(JetStreamConsumer consumer, int count) =>
        [.. Enumerable.Range(1, count).Select(attempt => consumer.Retry.DelayAfter(attempt, 0.5).TotalSeconds)];

    private static ConsumerPlan Plan(JetStreamConsumer consumer) => ConsumerPlan.For(consumer, new StubCatalog().With<int>("orders.*"), "Shop");

    private static JsonObject ConfigOf(JetStreamConsumer consumer)
    {
        ConsumerPlan plan = Plan(consumer);
        return ConsumerConfigJson.Durable(plan, plan.Subjects);
    }

    private sealed class V2Consumer : PullConsumer
    {
        public override string StreamName => "orders";

        public override IReadOnlyList<string> Subjects => ["orders.created"];

        public override string? DurableName => "default";

        public override DeliverPolicy DeliverPolicy => DeliverPolicy.All;

        public override int MaxDeliver => 5;

        public override TimeSpan AckWait => TimeSpan.FromSeconds(30);

        public override IReadOnlyList<TimeSpan> BackoffDelays => [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10)];

        public override ErrorAckBehavior OnExhausted => ErrorAckBehavior.Nak;

        public override int BatchSize => 50;

        public override TimeSpan MaxWait => TimeSpan.FromSeconds(5);

        public IEnumerable<StreamOperation> Operations => Setup();

        protected internal override IEnumerable<StreamOperation> Setup()
        {
            var config = new StreamConfig("orders") { Subjects = ["orders.>"], MaxAge = TimeSpan.FromSeconds(3600), DuplicateWindow = TimeSpan.FromSeconds(120) };
            return [StreamOperation.Create(config), StreamOperation.CreateOrUpdate(config), StreamOperation.Update(config), StreamOperation.Delete("old")];
        }
    }

    private sealed class V2Push : PushConsumer
    {
        public override string StreamName => "orders";

        public override string? DurableName => "default";

        public override string? DeliverSubject => "default.deliver";
    }

    private sealed class V1Consumer(int maxRetries, double initial, double factor, double most) : PullConsumer
    {
        public override string StreamName => "orders";

        public override int MaxDeliver => maxRetries + 1;

        public override RetryPolicy Retry => RetryPolicy.Exponential(TimeSpan.FromSeconds(initial), TimeSpan.FromSeconds(most), factor);
    }

    private sealed class V1InPlace : PullConsumer
    {
        public override string StreamName => "orders";

        public override IReadOnlyList<string> Subjects => ["orders.{kind}"];

        public override string? OrderBy => "kind";

        public override int Concurrency => 4;
    }
}
