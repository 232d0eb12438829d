using System.Text.Json.Nodes;
using Nats.Consumer.Client;
using Nats.Consumer.Planning;
using Nats.Consumer.Streams;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Planning;

/// <summary>What the plan says of a change is what the server then does with it: it takes it over, ignores it or refuses it, and removes messages or not.</summary>
[Trait("Category", "Server")]
public class StreamMatrixServerTests(TestServer server) : IClassFixture<TestServer>
{
    public static TheoryData<string, string> Changes => new()
    {
        { "{}", """{"subjects":["N.a","N.b"]}""" },
        { """{"subjects":["N.a","N.b"]}""", """{"subjects":["N.a"]}""" },
        { "{}", """{"subjects":["OTHER.a","N.a"]}""" },
        { "{}", """{"subjects":[">"]}""" },
        { "{}", """{"description":"x"}""" },
        { "{}", """{"storage":"memory"}""" },
        { "{}", """{"retention":"interest"}""" },
        { """{"retention":"interest"}""", """{"retention":"limits"}""" },
        { "{}", """{"retention":"workqueue"}""" },
        { """{"retention":"workqueue"}""", """{"retention":"limits"}""" },
        { """{"retention":"interest"}""", """{"retention":"workqueue"}""" },
        { "{}", """{"max_msgs":3}""" },
        { """{"discard":"new"}""", """{"max_msgs":3}""" },
        { "{}", """{"max_msgs":100}""" },
        { """{"max_msgs":3}""", """{"max_msgs":-1}""" },
        { "{}", """{"max_bytes":100}""" },
        { "{}", """{"max_bytes":1000000}""" },
        { "{}", """{"max_age":3600000000000}""" },
        { "{}", """{"max_age":60000000000}""" },
        { "{}", """{"max_age":60000000000,"duplicate_window":60000000000}""" },
        { "{}", """{"max_age":1000}""" },
        { "{}", """{"max_msgs_per_subject":1}""" },
        { "{}", """{"max_msgs_per_subject":7}""" },
        { "{}", """{"max_msg_size":10}""" },
        { "{}", """{"max_consumers":5}""" },
        { "{}", """{"discard":"new"}""" },
        { "{}", """{"discard_new_per_subject":true}""" },
        { "{}", """{"discard":"new","discard_new_per_subject":true}""" },
        { "{}", """{"discard":"new","discard_new_per_subject":true,"max_msgs_per_subject":20}""" },
        { "{}", """{"duplicate_window":1000000000}""" },
        { "{}", """{"num_replicas":3}""" },
        { "{}", """{"compression":"s2"}""" },
        { "{}", """{"first_seq":100}""" },
        { "{}", """{"consumer_limits":{"max_ack_pending":10}}""" },
        { "{}", """{"allow_direct":true}""" },
        { """{"allow_direct":true}""", """{"allow_direct":false}""" },
        { "{}", """{"allow_rollup_hdrs":true}""" },
        { "{}", """{"deny_delete":true}""" },
        { """{"deny_delete":true}""", """{"deny_delete":false}""" },
        { "{}", """{"deny_purge":true}""" },
        { """{"deny_purge":true}""", """{"deny_purge":false}""" },
        { """{"allow_rollup_hdrs":true}""", """{"deny_purge":true}""" },
        { """{"deny_purge":true}""", """{"allow_rollup_hdrs":true}""" },
        { "{}", """{"sealed":true}""" },
        { "{}", """{"no_ack":true}""" },
        { "{}", """{"allow_msg_ttl":true}""" },
        { """{"allow_msg_ttl":true}""", """{"allow_msg_ttl":false}""" },
        { """{"allow_msg_ttl":true}""", """{"subject_delete_marker_ttl":1000000000}""" },
        { "{}", """{"allow_msg_counter":true}""" },
        { """{"allow_msg_counter":true}""", """{"allow_msg_counter":false}""" },
        { "{}", """{"allow_atomic":true}""" },
        { """{"allow_atomic":true}""", """{"allow_atomic":false}""" },
        { "{}", """{"allow_batched":true}""" },
        { "{}", """{"allow_msg_schedules":true}""" },
        { """{"allow_msg_schedules":true}""", """{"allow_msg_schedules":false}""" },
        { "{}", """{"persist_mode":"async"}""" },
        { "{}", """{"metadata":{"team":"blue"}}""" },
        { "{}", """{"republish":{"src":">","dest":"zz.>"}}""" },
        { """{"republish":{"src":">","dest":"zz.>"}}""", """{"republish":null}""" },
        { "{}", """{"subject_transform":{"src":"N.*","dest":"N.x.{{wildcard(1)}}"}}""" },
        { """{"subject_transform":{"src":"N.*","dest":"N.x.{{wildcard(1)}}"}}""", """{"subject_transform":null}""" },
        { "{}", """{"mirror":{"name":"OTHER"},"subjects":[]}""" },
        { """{"mirror":{"name":"OTHER"},"subjects":[]}""", """{"mirror":{"name":"OTHER2"}}""" },
        { """{"mirror":{"name":"OTHER"},"subjects":[]}""", """{"mirror":null}""" },
        { "{}", """{"sources":[{"name":"OTHER"}]}""" },
        { """{"sources":[{"name":"OTHER"}]}""", """{"sources":[]}""" },
    };

    public static TheoryData<string> Creations => new()
    {
        """{"subjects":["N.a"]}""",
        """{"subjects":["N.a","N.b"],"retention":"workqueue","storage":"memory","max_msgs":5,"discard":"new"}""",
        """{"subjects":["OTHER.a"]}""",
        """{"subjects":[">"]}""",
        """{"subjects":["N.a"],"max_age":1000}""",
        """{"subjects":["N.a"],"max_age":1000000000,"duplicate_window":2000000000}""",
        """{"subjects":["N.a"],"discard_new_per_subject":true}""",
        """{"subjects":["N.a"],"deny_purge":true,"allow_rollup_hdrs":true}""",
        """{"subjects":["N.a"],"num_replicas":3}""",
        """{"subjects":["N.a"],"sealed":true}""",
        """{"subjects":["N.a"],"first_seq":100}""",
        """{"subjects":["N.a"],"compression":"s2"}""",
        """{"subjects":["N.a"],"metadata":{"team":"blue"}}""",
        """{"subjects":["N.a"],"allow_msg_ttl":true}""",
        """{"subjects":["N.a"],"allow_msg_schedules":true}""",
        """{"subjects":["N.a"],"persist_mode":"async"}""",
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Plan_OfAChange_IsWhatTheServerDoes(string before, string change)
    {
        string name = await NewStreamAsync(before);
        JsonObject info = await server.AskAsync($"STREAM.INFO.{name}");
        JsonObject wanted = Parse(change, name);
        wanted["name"] = name;
        PlanStep step = StreamPlanner.Plan(OperationKind.CreateOrUpdate, wanted, info, await FactsAsync());

        JsonObject answer = await RequestAsync($"STREAM.UPDATE.{name}", ConfigJson.Merge((JsonObject)info["config"]!, wanted));
        JsonObject after = await server.AskAsync($"STREAM.INFO.{name}");
        await server.AskAsync($"STREAM.DELETE.{name}");

        Said(step).ShouldBe(Did(answer, wanted), $"{step.Problem}\n{answer}");
        bool removes = Messages(after) < Messages(info);
        step.Effects.Any(effect => effect.StartsWith("Removes the ", StringComparison.Ordinal)).ShouldBe(removes, $"{string.Join("; ", step.Effects)}; {Messages(info)} before, {Messages(after)} after");
        if (step.Effects.FirstOrDefault(effect => effect.Contains("oldest message", StringComparison.Ordinal) && char.IsDigit(effect["Removes the ".Length])) is { } effect)
            effect.ShouldStartWith($"Removes the {Messages(info) - Messages(after)} oldest message");
    }

    [Theory]
    [MemberData(nameof(Creations))]
    public async Task Plan_OfACreation_IsWhatTheServerDoes(string config)
    {
        await OthersAsync();
        string name = TestServer.NewName();
        JsonObject wanted = Parse(config, name);
        wanted["name"] = name;
        PlanStep step = StreamPlanner.Plan(OperationKind.CreateOrUpdate, wanted, null, await FactsAsync());

        JsonObject answer = await RequestAsync($"STREAM.CREATE.{name}", wanted);
        await RequestAsync($"STREAM.DELETE.{name}", []);

        Said(step).ShouldBe(Did(answer, wanted), $"{step.Problem}\n{answer}");
    }

    private static string Said(PlanStep step) => step.Action switch
    {
        PlanAction.Impossible => step.Problem!.Contains("ignores", StringComparison.Ordinal) ? "ignored" : "refused",
        PlanAction.Nothing => "nothing",
        _ => "done",
    };

    private static string Did(JsonObject answer, JsonObject wanted) =>
        answer["error"] is not null ? "refused" : ConfigJson.Differences(wanted, (JsonObject)answer["config"]!).Count > 0 ? "ignored" : "done";

    private static long Messages(JsonObject info) => (long)info["state"]!["messages"]!;

    private static JsonObject Parse(string json, string name) => (JsonObject)JsonNode.Parse(json.Replace("N.", $"{name}.", StringComparison.Ordinal))!;

    private async Task<ServerFacts> FactsAsync() => await new PlanView(server.Api).FactsAsync(CancellationToken.None);

    private async Task OthersAsync()
    {
        foreach (string other in new[] { "OTHER", "OTHER2" })
            await server.AskAsync($"STREAM.CREATE.{other}", new JsonObject { ["name"] = other, ["subjects"] = new JsonArray($"{other}.>") });
    }

    private async Task<string> NewStreamAsync(string before)
    {
        await OthersAsync();
        string name = TestServer.NewName();
        JsonObject config = Parse(before, name);
        config["name"] = name;
        config["subjects"] ??= new JsonArray($"{name}.*");
        JsonObject answer = await RequestAsync($"STREAM.CREATE.{name}", config);
        Assert.SkipWhen(Did(answer, config) == "ignored", $"nats-server {server.Version} ignores what the change starts from.");
        answer["error"].ShouldBeNull();
        if (config["mirror"] is null && (string?)config["retention"] != "interest" && config["allow_msg_counter"] is null)
        {
            for (int i = 0; i < 5; i++)
                await server.Publisher.PublishAsync($"{name}.a", "payload"u8.ToArray(), null, CancellationToken.None);
        }

        return name;
    }

    private async Task<JsonObject> RequestAsync(string subject, JsonObject body)
    {
        NatsReply reply = await server.Connection.RequestAsync($"$JS.API.{subject}", System.Text.Encoding.UTF8.GetBytes(body.ToJsonString()), TimeSpan.FromSeconds(5));
        return (JsonObject)JsonNode.Parse(reply.Message.Payload.Span)!;
    }
}
