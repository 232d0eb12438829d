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
