using System.Text.Json.Nodes;
using Nats.Consumer.Consuming;
using Nats.Consumer.JetStream;
using Nats.Consumer.Tests.Fakes;

namespace Nats.Consumer.Tests.Consuming;

/// <summary>What is asked of the server for a consumer that does not exist yet.</summary>
public class ConsumerConfigTests
{
    [Fact]
    public async Task EnsureAsync_NewConsumer_StatesAllThatMatters() => (await CreatedAsync(new StubConsumer())).ToJsonString().ShouldBe(
        """{"durable_name":"billing","name":"billing","ack_policy":"explicit","ack_wait":30000000000,"max_deliver":103,"max_ack_pending":1000,"""
        + """ "deliver_policy":"all","replay_policy":"instant","filter_subject":"orders.created","filter_subjects":[]}""".TrimStart());

    [Theory]
    [InlineData(3, ErrorAckBehavior.DeadLetter, 103)]
    [InlineData(3, ErrorAckBehavior.Nak, 3)] // to abandon a message the server must count as we do
    [InlineData(int.MaxValue, ErrorAckBehavior.DeadLetter, int.MaxValue)]
    public async Task EnsureAsync_MaxDeliver_IsSomeHigherThanTheAttempts(int attempts, ErrorAckBehavior behavior, int maxDeliver) =>
        ((int)(await CreatedAsync(new StubConsumer { Attempts = attempts, Exhausted = behavior }))["max_deliver"]!).ShouldBe(maxDeliver);

    [Fact]
    public async Task EnsureAsync_EndlessAckWait_IsWhatTheServerCanCount() =>
        ((long)(await CreatedAsync(new StubConsumer { Wait = TimeSpan.MaxValue }))["ack_wait"]!).ShouldBe(3_153_600_000_000_000_000);

    [Theory]
    [InlineData(DeliverPolicy.All, """{"deliver_policy":"all","replay_policy":"instant"}""")]
    [InlineData(DeliverPolicy.Last, """{"deliver_policy":"last","replay_policy":"instant"}""")]
    [InlineData(DeliverPolicy.New, """{"deliver_policy":"new","replay_policy":"instant"}""")]
    [InlineData(DeliverPolicy.LastPerSubject, """{"deliver_policy":"last_per_subject","replay_policy":"instant"}""")]
    [InlineData(DeliverPolicy.ByStartSequence, """{"deliver_policy":"by_start_sequence","replay_policy":"instant","opt_start_seq":18446744073709551615}""")]
    [InlineData(DeliverPolicy.ByStartTime, """{"deliver_policy":"by_start_time","replay_policy":"instant","opt_start_time":"2026-01-02T03:04:05.0000001Z"}""")]
    public async Task EnsureAsync_DeliverPolicy_IsStatedWithItsStart(DeliverPolicy policy, string expected)
    {
        var time = new DateTimeOffset(2026, 1, 2, 5, 4, 5, TimeSpan.FromHours(2));
        JsonObject config = await CreatedAsync(new StubConsumer { Start = policy, FirstSequence = ulong.MaxValue, FirstTime = time.AddTicks(1) });
        foreach (string other in new[] { "durable_name", "name", "ack_policy", "ack_wait", "max_deliver", "max_ack_pending", "filter_subject", "filter_subjects" })
            config.Remove(other);
        config.ToJsonString().ShouldBe(expected);
    }

    [Fact]
    public async Task EnsureAsync_InactiveThreshold_IsStated() =>
        ((long)(await CreatedAsync(new StubConsumer { Inactive = TimeSpan.FromHours(1) }))["inactive_threshold"]!).ShouldBe(3_600_000_000_000);

    [Theory]
    [InlineData(null, """{"deliver_policy":"by_start_time","replay_policy":"instant","opt_start_time":"2026-01-02T03:04:05Z"}""")]
    [InlineData(0UL, """{"deliver_policy":"by_start_sequence","replay_policy":"instant","opt_start_seq":1}""")]
    [InlineData(41UL, """{"deliver_policy":"by_start_sequence","replay_policy":"instant","opt_start_seq":42}""")]
    public void Ordered_Position_GoesOnBehindIt(ulong? after, string start)
    {
        var definition = new StubConsumer { Start = DeliverPolicy.ByStartTime, FirstTime = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero) };
        ConsumerPlan plan = ConsumerPlan.For(definition, new StubCatalog().With<int>("orders.created"), "Orders");
        JsonObject config = ConsumerConfigJson.Ordered(plan, plan.Subjects, after);
        ((string)config["name"]!).ShouldStartWith("billing-");
        config["name"] = "x";
        string rest = start[1..^1];
        config.ToJsonString().ShouldBe(
            $$"""{"name":"x","ack_policy":"none","max_deliver":1,"mem_storage":true,"num_replicas":1,"inactive_threshold":300000000000,{{rest}},"filter_subject":"orders.created","filter_subjects":[]}""");
    }

    private static async Task<JsonObject> CreatedAsync(StubConsumer definition)
    {
        var connection = new RecordingConnection();
        JsonObject? config = null;
        connection.Answer = request =>
        {
            if (request.Subject.Contains(".STREAM.INFO.", StringComparison.Ordinal))
                return RecordingConnection.Json("""{"config":{"name":"orders","subjects":["orders.>"]}}""");
            if (request.Subject.Contains(".CONSUMER.INFO.", StringComparison.Ordinal))
                return RecordingConnection.Json("""{"error":{"code":404,"err_code":10014,"description":"consumer not found"}}""");
            request.Subject.ShouldBe("$JS.API.CONSUMER.CREATE.orders.billing.orders.created");
            config = JsonNode.Parse(request.Payload)!["config"]!.AsObject();
            return RecordingConnection.Json($$"""{"config":{{config.ToJsonString()}}}""");
        };
        var provisioner = new ConsumerProvisioner(new JetStreamApi(connection, TimeSpan.FromSeconds(5)), new RecordingLogger());
        ConsumerPlan plan = ConsumerPlan.For(definition, new StubCatalog().With<int>("orders.created"), "Orders");
        await provisioner.EnsureAsync(plan, TestContext.Current.CancellationToken);
        return config.ShouldNotBeNull();
    }
}
