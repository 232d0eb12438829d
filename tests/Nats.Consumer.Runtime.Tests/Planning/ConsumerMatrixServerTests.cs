using System.Text.Json.Nodes;
using Nats.Consumer.Client;
using Nats.Consumer.Planning;
using Nats.Consumer.Streams;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Planning;

/// <summary>What the plan says of a consumer's change is what the server then does with it.</summary>
[Trait("Category", "Server")]
public class ConsumerMatrixServerTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Push = """{"deliver_subject":"to.push"}""";

    public static TheoryData<string, string> Changes => new()
    {
        { "{}", """{"description":"x"}""" },
        { "{}", """{"ack_wait":1000000000}""" },
        { "{}", """{"max_deliver":9}""" },
        { "{}", """{"max_deliver":2,"backoff":[1000000000,2000000000]}""" },
        { "{}", """{"max_deliver":1,"backoff":[1000000000,2000000000]}""" },
        { "{}", """{"max_deliver":3,"backoff":[1000000000,2000000000]}""" },
        { "{}", """{"max_ack_pending":7}""" },
        { "{}", """{"filter_subject":"N.a"}""" },
        { """{"filter_subject":"N.a"}""", """{"filter_subject":"N.b"}""" },
        { "{}", """{"filter_subject":"elsewhere.x"}""" },
        { "{}", """{"filter_subjects":["N.a","N.b"]}""" },
        { "{}", """{"filter_subjects":["N.*","N.a"]}""" },
        { "{}", """{"deliver_policy":"new"}""" },
        { """{"deliver_policy":"by_start_sequence","opt_start_seq":2}""", """{"opt_start_seq":3}""" },
        { "{}", """{"ack_policy":"all"}""" },
        { "{}", """{"replay_policy":"original"}""" },
        { "{}", """{"max_waiting":5}""" },
        { "{}", Push },
        { Push, """{"deliver_subject":""}""" },
        { Push, """{"deliver_subject":"to.another"}""" },
        { Push, """{"deliver_group":"g"}""" },
        { Push, """{"idle_heartbeat":1000000000}""" },
        { Push, """{"flow_control":true}""" },
        { """{"deliver_subject":"to.push","idle_heartbeat":1000000000}""", """{"flow_control":true}""" },
        { "{}", """{"idle_heartbeat":1000000000}""" },
        { "{}", """{"flow_control":true}""" },
        { Push, """{"rate_limit_bps":1000}""" },
        { "{}", """{"rate_limit_bps":1000}""" },
        { "{}", """{"headers_only":true}""" },
        { "{}", """{"inactive_threshold":3600000000000}""" },
        { "{}", """{"max_batch":5}""" },
        { "{}", """{"max_expires":1000000000}""" },
        { "{}", """{"max_bytes":1000}""" },
        { "{}", """{"sample_freq":"50%"}""" },
        { "{}", """{"mem_storage":true}""" },
        { "{}", """{"num_replicas":3}""" },
        { "{}", """{"metadata":{"team":"blue"}}""" },
        { "{}", """{"priority_groups":["a"],"priority_policy":"overflow"}""" },
        { "{}", """{"pause_until":"2099-01-01T00:00:00Z"}""" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Plan_OfAChange_IsWhatTheServerDoes(string before, string change)
    {
        await using TestStream stream = await server.StreamAsync();
        JsonObject created = Parse(before, stream.Name);
        (created["durable_name"], created["name"], created["ack_policy"], created["ack_wait"], created["max_deliver"]) = ("c", "c", "explicit", 30_000_000_000, 5);
        JsonObject subjects = (await stream.InfoAsync()).Config;
        subjects["subjects"] = new JsonArray($"{stream.Name}.*");
        await server.AskAsync($"STREAM.UPDATE.{stream.Name}", (JsonObject)subjects.DeepClone());
        (await PutAsync(stream.Name, created, "create"))["error"].ShouldBeNull();
        JsonObject info = await server.AskAsync($"CONSUMER.INFO.{stream.Name}.c");
        JsonObject wanted = Parse(change, stream.Name);
        PlanStep step = ConsumerPlanner.Plan(
            OperationKind.CreateOrUpdate, await server.AskAsync($"STREAM.INFO.{stream.Name}"), "it", wanted, info, new ServerFacts(server.Version, IsClustered: false));

        JsonObject answer = await PutAsync(stream.Name, ConfigJson.Merge((JsonObject)info["config"]!, wanted), "update");

        string did = answer["error"] is not null ? "refused" : ConfigJson.Differences(wanted, (JsonObject)answer["config"]!).Count > 0 ? "ignored" : "done";
        string said = step.Action == PlanAction.Impossible ? step.Problem!.Contains("ignores", StringComparison.Ordinal) ? "ignored" : "refused" : "done";
        said.ShouldBe(did, $"{step.Problem}\n{answer}");
    }

    // The plan's warnings, held against what happens.
    [Fact]
    public async Task Plan_OfAChangedFilter_SaysThatMessagesAreSkippedForGood()
    {
        await using TestStream stream = await server.StreamAsync();
        await stream.PublishAsync("work.a");
        await stream.PublishAsync("work.b");
        StreamOperation Filter(string subject) => StreamOperation.CreateOrUpdateConsumer(stream.Name, new ConsumerConfig { DurableName = "c", FilterSubjects = [subject] });
        await Filter("work.b").ApplyAsync(server.Api, CancellationToken.None);
        await stream.TakeAsync("c"); // it has passed work.a

        PlanStep step = await Filter("work.*").PlanAsync(new PlanView(server.Api), CancellationToken.None);

        step.Effects.ShouldHaveSingleItem().ShouldBe(
            "Skips for good: of the 0 messages not delivered yet those that the new filter does not take, and what it takes and the consumer has passed already.");
        await Filter("work.*").ApplyAsync(server.Api, CancellationToken.None);
        (await stream.ConsumerAsync("c")).Pending.ShouldBe(0);
    }

    [Fact]
    public async Task Plan_OfSeveralSteps_KnowsWhatTheFirstOnesDo()
    {
        string name = TestServer.NewName();
        var view = new PlanView(server.Api);
        var steps = new List<PlanStep>();
        foreach (StreamOperation operation in new[]
        {
            StreamOperation.UpdateConsumer(name, new ConsumerConfig { DurableName = "c" }),
            StreamOperation.Create(new StreamConfig(name) { Subjects = [$"{name}.>"] }),
            StreamOperation.CreateConsumer(name, new ConsumerConfig { DurableName = "c", AckWait = TimeSpan.FromSeconds(5) }),
            StreamOperation.CreateOrUpdateConsumer(name, new ConsumerConfig { DurableName = "c", AckWait = TimeSpan.FromSeconds(6) }),
            StreamOperation.Create(new StreamConfig($"{name}2") { Subjects = [$"{name}.a"] }),
            StreamOperation.Delete(name),
            StreamOperation.Create(new StreamConfig($"{name}2") { Subjects = [$"{name}.a"] }),
            StreamOperation.DeleteConsumer(name, "c"),
        })
        {
            steps.Add(await operation.PlanAsync(view, CancellationToken.None));
        }

        steps.Select(step => step.Action).ShouldBe(
            [PlanAction.Impossible, PlanAction.Create, PlanAction.Create, PlanAction.Update, PlanAction.Impossible, PlanAction.Delete, PlanAction.Create, PlanAction.Nothing]);
        steps[4].Problem.ShouldBe($"'{name}.a' overlaps with '{name}.>' of stream '{name}', and a subject belongs to one stream. Narrow one of them.");
        (await server.JetStream.GetStreamAsync(name)).ShouldBeNull("planning changes nothing");
    }

    private static JsonObject Parse(string json, string name) => (JsonObject)JsonNode.Parse(json.Replace("N.", $"{name}.", StringComparison.Ordinal))!;

    private async Task<JsonObject> PutAsync(string stream, JsonObject config, string action)
    {
        string filter = (string?)config["filter_subject"] is { Length: > 0 } subject ? $".{subject}" : "";
        var body = new JsonObject { ["stream_name"] = stream, ["config"] = config.DeepClone() };
        if (server.Is210)
            body["action"] = action;
        NatsReply reply = await server.Connection.RequestAsync($"$JS.API.CONSUMER.CREATE.{stream}.c{filter}", System.Text.Encoding.UTF8.GetBytes(body.ToJsonString()), TimeSpan.FromSeconds(5));
        return (JsonObject)JsonNode.Parse(reply.Message.Payload.Span)!;
    }
}
