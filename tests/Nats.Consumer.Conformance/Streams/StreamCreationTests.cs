using System.Text.Json.Nodes;
using Nats.Consumer.Conformance.Targets;
using Nats.Consumer.Conformance.Wire;

namespace Nats.Consumer.Conformance.Streams;

/// <summary>How streams are made, what they are by default, and what is refused.</summary>
public abstract class StreamCreationTests(Target target) : Conformance(target)
{
    public sealed class OnInMemory29(InMemory29 target) : StreamCreationTests(target), IClassFixture<InMemory29>;

    public sealed class OnInMemory215(InMemory215 target) : StreamCreationTests(target), IClassFixture<InMemory215>;

    [Trait("Category", "Server")]
    public sealed class OnServer(ServerTarget target) : StreamCreationTests(target), IClassFixture<ServerTarget>;

    [Fact]
    public async Task Create_Sparse_HasTheDefaults()
    {
        string name = WireClient.NewName();

        JsonObject answer = await Client.DoAsync($"STREAM.CREATE.{name}", $$"""{"name":"{{name}}"}""");

        JsonNode config = answer["config"]!;
        ((bool)answer["did_create"]!).ShouldBeTrue();
        ((string)answer["type"]!).ShouldBe("io.nats.jetstream.api.v1.stream_create_response");
        config["subjects"]!.ToJsonString().ShouldBe($"""["{name}"]""");
        ((string)config["retention"]!).ShouldBe("limits");
        ((string)config["storage"]!).ShouldBe("file");
        ((string)config["discard"]!).ShouldBe("old");
        foreach (string field in new[] { "max_consumers", "max_msgs", "max_bytes", "max_msgs_per_subject", "max_msg_size" })
            ((long)config[field]!).ShouldBe(-1, field);
        ((long)config["max_age"]!).ShouldBe(0);
        ((long)config["num_replicas"]!).ShouldBe(1);
        ((long)config["duplicate_window"]!).ShouldBe(Nanoseconds(120));
        foreach (string field in new[] { "allow_direct", "mirror_direct", "sealed", "deny_delete", "deny_purge", "allow_rollup_hdrs" })
            ((bool)config[field]!).ShouldBeFalse(field);
        JsonNode state = answer["state"]!;
        ((long)state["messages"]!).ShouldBe(0);
        ((ulong)state["first_seq"]!).ShouldBe(0ul);
        ((string)state["first_ts"]!).ShouldBe("0001-01-01T00:00:00Z");
        ((long)state["consumer_count"]!).ShouldBe(0);
    }

    [Fact]
    public async Task Create_Metadata_IsKeptWithTheServersOwnByNewServers()
    {
        WireStream stream = await NewStreamAsync("""{"metadata":{"owner":"me"}}""");

        JsonNode? metadata = (await stream.InfoAsync())["config"]!["metadata"];

        if (IsOld)
        {
            metadata.ShouldBeNull();
            return;
        }

        ((string)metadata!["owner"]!).ShouldBe("me");
        ((string)metadata["_nats.ver"]!).ShouldBe(Target.Version.ToString());
        ((string)metadata["_nats.req.level"]!).ShouldBe("0");
        metadata["_nats.level"].ShouldNotBeNull();
    }

    [Theory]
    [InlineData("""{"max_age":1000000}""", 10052, "max age needs to be >= 100ms")]
    [InlineData("""{"duplicate_window":-1}""", 10052, "duplicates window can not be negative")]
    [InlineData("""{"duplicate_window":1000000}""", 10052, "duplicates window needs to be >= 100ms")]
    [InlineData("""{"max_age":1000000000,"duplicate_window":2000000000}""", 10052, "duplicates window can not be larger then max age")]
    [InlineData("""{"deny_purge":true,"allow_rollup_hdrs":true}""", 10052, "roll-ups require the purge permission")]
    [InlineData("""{"discard_new_per_subject":true,"max_msgs_per_subject":1}""", 10052, "discard new per subject requires discard new policy to be set")]
    [InlineData("""{"discard_new_per_subject":true,"discard":"new"}""", 10052, "discard new per subject requires max msgs per subject > 0")]
    [InlineData("""{"num_replicas":6}""", 10052, "maximum replicas is 5")]
    [InlineData("""{"num_replicas":-1}""", 10133, "replicas count cannot be negative")]
    [InlineData("""{"num_replicas":3}""", 10074, "replicas > 1 not supported in non-clustered mode")]
    [InlineData("""{"subjects":["a..b"]}""", 10052, "invalid subject")]
    [InlineData("""{"subjects":["a.>.b"]}""", 10052, "invalid subject")]
    [InlineData("""{"subjects":["a b"]}""", 10052, "invalid subject")]
    [InlineData("""{"subjects":[""]}""", 10052, "invalid subject")]
    [InlineData("""{"sealed":true}""", 10052, "stream configuration for create can not be sealed")]
    [InlineData("""{"mirror_direct":true}""", 10052, "stream has no mirror but does have mirror direct")]
    public async Task Create_Refused_SaysWhy(string config, int errorCode, string description)
    {
        string name = WireClient.NewName();
        JsonObject body = JsonNode.Parse(config)!.AsObject();
        body["name"] = name;

        ApiRefusal refusal = await Client.RefusedAsync($"STREAM.CREATE.{name}", body.ToJsonString());

        refusal.ErrorCode.ShouldBe(errorCode);
        refusal.Description.ShouldBe(description);
        (await Client.RefusedAsync($"STREAM.INFO.{name}")).ShouldBe(new ApiRefusal(404, 10059, "stream not found"));
    }

    [Theory]
    [InlineData("""["x{0}.>","x{0}.a"]""")]
    [InlineData("""["x{0}.*.x","x{0}.a.*"]""")]
    [InlineData("""["x{0}.a","x{0}.a"]""")]
    public async Task Create_SubjectsThatOverlapEachOther_IsRefused(string subjects)
    {
        string name = WireClient.NewName();

        ApiRefusal refusal = await Client.RefusedAsync($"STREAM.CREATE.{name}", $$"""{"name":"{{name}}","subjects":{{subjects.Replace("{0}", name, StringComparison.Ordinal)}}}""");

        refusal.ErrorCode.ShouldBe(10052);
        refusal.Description.ShouldContain(IsOld && subjects.Contains("a\",\"x", StringComparison.Ordinal) ? "duplicate subjects detected" : "overlaps with");
    }

    [Theory]
    [InlineData(">")]
    [InlineData("$JS.API.>")]
    [InlineData("$JS.>")]
    public async Task Create_SystemSubjects_IsRefused(string subject)
    {
        if (IsOld && subject != "$JS.API.>")
            return; // old servers take it, and it would take everything from then on, from the other cases too
        string name = WireClient.NewName();

        ApiRefusal refusal = await Client.RefusedAsync($"STREAM.CREATE.{name}", $$"""{"name":"{{name}}","subjects":["{{subject}}"]}""");

        refusal.ErrorCode.ShouldBe(10052);
        if (!IsOld)
            refusal.Description.ShouldBe(subject == ">" ? "capturing all subjects requires no-ack to be true" : "subjects that overlap with jetstream api require no-ack to be true");
    }

    [Theory]
    [InlineData("S{0}.x", "S{0}_x", 10056)]
    [InlineData("S{0} x", "S{0}_x", 10056)]
    [InlineData("other{0}", "S{0}", 10056)]
    [InlineData("S{0}/x", "S{0}/x", 10128)]
    [InlineData("S{0}\\\\x", "S{0}\\x", 10128)]
    public async Task Create_BadName_IsRefused(string name, string inSubject, int errorCode)
    {
        string unique = WireClient.NewName();

        ApiRefusal refusal = await Client.RefusedAsync(
            $"STREAM.CREATE.{inSubject.Replace("{0}", unique, StringComparison.Ordinal)}", $$"""{"name":"{{name.Replace("{0}", unique, StringComparison.Ordinal)}}"}""");

        refusal.ErrorCode.ShouldBe(errorCode);
    }

    [Fact]
    public async Task Create_LongestName_IsTaken()
    {
        string name = $"{WireClient.NewName()}{new string('x', 255)}";

        (await Client.RefusedAsync($"STREAM.CREATE.{name}", $$"""{"name":"{{name}}"}""")).Description.ShouldBe("stream name is too long, maximum allowed is 255");
        await Client.DoAsync($"STREAM.CREATE.{name[..255]}", $$"""{"name":"{{name[..255]}}","storage":"memory"}""");
    }

    [Fact]
    public async Task Create_NameWithADot_IsAnsweredWithSilence()
    {
        string name = WireClient.NewName();

        (await Client.RequestAsync($"$JS.API.STREAM.CREATE.{name}.x", $$"""{"name":"{{name}}.x"}""", timeout: Seconds(0.3))).Status.ShouldBe(Nats.Consumer.Client.NatsReplyStatus.TimedOut);
    }

    [Fact]
    public async Task Create_Again_IsTheSame()
    {
        WireStream stream = await NewStreamAsync();

        JsonObject again = await Client.DoAsync($"STREAM.CREATE.{stream.Name}", $$"""{"name":"{{stream.Name}}","subjects":["{{stream.Name}}.>"],"storage":"memory","max_msgs":-1}""");

        again["config"]!["name"]!.ToString().ShouldBe(stream.Name);
    }

    [Fact]
    public async Task Create_AgainWithAnotherConfiguration_IsRefused()
    {
        WireStream stream = await NewStreamAsync();

        ApiRefusal refusal = await Client.RefusedAsync($"STREAM.CREATE.{stream.Name}", $$"""{"name":"{{stream.Name}}","subjects":["{{stream.Name}}.>"],"storage":"memory","max_msgs":5}""");

        refusal.ShouldBe(new ApiRefusal(400, 10058, "stream name already in use with a different configuration"));
    }

    [Fact]
    public async Task Create_SubjectsOfAnotherStream_IsRefused()
    {
        WireStream stream = await NewStreamAsync();
        string name = WireClient.NewName();

        ApiRefusal refusal = await Client.RefusedAsync($"STREAM.CREATE.{name}", $$"""{"name":"{{name}}","subjects":["{{stream.Name}}.a"]}""");

        refusal.ShouldBe(new ApiRefusal(400, 10065, "subjects overlap with an existing stream"));
    }

    [Theory]
    [InlineData("{broken")]
    [InlineData("""{"name":"~","max_msgs":"many"}""")]
    [InlineData("""{"name":"~","retention":"for ever"}""")]
    [InlineData("""{"name":"~","subjects":"a"}""")]
    [InlineData("[]")]
    public async Task Create_BrokenJson_IsRefused(string body)
    {
        string name = WireClient.NewName();

        ApiRefusal refusal = await Client.RefusedAsync($"STREAM.CREATE.{name}", body.Replace("~", name, StringComparison.Ordinal));

        refusal.Code.ShouldBe(400);
        refusal.ErrorCode.ShouldBe(10025);
        refusal.Description.ShouldStartWith("invalid JSON");
    }

    [Fact]
    public async Task Create_UnknownField_IsRefusedByNewServersAndIgnoredByOldOnes()
    {
        string name = WireClient.NewName();

        JsonObject answer = await Client.AskAsync($"STREAM.CREATE.{name}", $$"""{"name":"{{name}}","storage":"memory","never_heard_of":1}""");

        if (IsOld)
            answer["error"].ShouldBeNull();
        else
            ApiRefusal.From(answer, name).ShouldBe(new ApiRefusal(400, 10025, "invalid JSON: json: unknown field \"never_heard_of\""));
    }
}
