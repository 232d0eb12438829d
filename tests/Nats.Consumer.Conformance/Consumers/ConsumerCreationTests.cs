using System.Text.Json.Nodes;
using Nats.Consumer.Client;
using Nats.Consumer.Conformance.Targets;
using Nats.Consumer.Conformance.Wire;

namespace Nats.Consumer.Conformance.Consumers;

/// <summary>How consumers are made, what they are by default, and what is refused.</summary>
public abstract class ConsumerCreationTests(Target target) : Conformance(target)
{
    public sealed class OnInMemory29(InMemory29 target) : ConsumerCreationTests(target), IClassFixture<InMemory29>;

    public sealed class OnInMemory215(InMemory215 target) : ConsumerCreationTests(target), IClassFixture<InMemory215>;

    [Trait("Category", "Server")]
    public sealed class OnServer(ServerTarget target) : ConsumerCreationTests(target), IClassFixture<ServerTarget>;

    [Fact]
    public async Task Create_Durable_HasTheDefaults()
    {
        WireStream stream = await NewStreamAsync();

        JsonObject info = await (await stream.ConsumerAsync()).InfoAsync();

        JsonNode config = info["config"]!;
        ((string)info["stream_name"]!).ShouldBe(stream.Name);
        ((string)info["name"]!).ShouldBe("c");
        ((string)config["deliver_policy"]!).ShouldBe("all");
        ((string)config["replay_policy"]!).ShouldBe("instant");
        ((long)config["ack_wait"]!).ShouldBe(Nanoseconds(30));
        ((long)config["max_deliver"]!).ShouldBe(-1);
        ((long)config["max_waiting"]!).ShouldBe(512);
        ((long)config["max_ack_pending"]!).ShouldBe(1000);
        ((long)config["num_replicas"]!).ShouldBe(0);
        config["filter_subject"].ShouldBeNull();
        foreach (string field in new[] { "num_ack_pending", "num_redelivered", "num_waiting", "num_pending" })
            ((long)info[field]!).ShouldBe(0, field);
        ((ulong)info["delivered"]!["consumer_seq"]!).ShouldBe(0ul);
        info["delivered"]!["last_active"].ShouldBeNull();
    }

    [Fact]
    public async Task Create_Ephemeral_GetsANameAndAThreshold()
    {
        WireStream stream = await NewStreamAsync();

        JsonObject answer = await Client.DoAsync($"CONSUMER.CREATE.{stream.Name}", stream.Body("{}", durable: null));

        ((string)answer["name"]!).Length.ShouldBe(8);
        ((long)answer["config"]!["inactive_threshold"]!).ShouldBe(Nanoseconds(5));
        answer["config"]!["durable_name"].ShouldBeNull();
    }

    [Fact]
    public async Task Create_NamedEphemeral_HasItsName()
    {
        WireStream stream = await NewStreamAsync();

        JsonObject answer = await Client.DoAsync($"CONSUMER.CREATE.{stream.Name}.mine", stream.Body("""{"name":"mine"}""", durable: null));

        ((string)answer["name"]!).ShouldBe("mine");
        ((string)answer["config"]!["name"]!).ShouldBe("mine");
        ((long)answer["config"]!["inactive_threshold"]!).ShouldBe(Nanoseconds(5));
    }

    [Fact]
    public async Task Create_FilterInTheSubject_MustBeThatOfTheBody()
    {
        WireStream stream = await NewStreamAsync();
        string body = stream.Body("""{"filter_subject":"~.a.b"}""", durable: "c");

        await Client.DoAsync($"CONSUMER.CREATE.{stream.Name}.c.{stream.Name}.a.b", body);
        ApiRefusal refusal = await Client.RefusedAsync($"CONSUMER.CREATE.{stream.Name}.c.{stream.Name}.a.c", body);

        refusal.ErrorCode.ShouldBe(10131);
    }

    [Fact]
    public async Task Create_SeveralFiltersAndOneInTheSubject_IsRefusedByNewServers()
    {
        if (IsOld)
            return;
        WireStream stream = await NewStreamAsync();

        (await Client.RefusedAsync($"CONSUMER.CREATE.{stream.Name}.c.{stream.Name}.a", stream.Body("""{"filter_subjects":["~.a","~.b"]}"""))).ErrorCode.ShouldBe(10137);
    }

    [Theory]
    [InlineData("""{"backoff":[1000000000,2000000000,3000000000],"max_deliver":2}""", 400, 10116, "max deliver is required to be > length of backoff values")]
    [InlineData("""{"idle_heartbeat":1000000000}""", 400, 10088, "consumer idle heartbeat requires a push based consumer")]
    [InlineData("""{"flow_control":true}""", 400, 10089, "consumer flow control requires a push based consumer")]
    [InlineData("""{"rate_limit_bps":1000}""", 400, 10086, "consumer in pull mode can not have rate limit set")]
    [InlineData("""{"max_expires":10}""", 400, 10115, "consumer max request expires needs to be >= 1ms")]
    [InlineData("""{"deliver_subject":"d.*"}""", 400, 10079, "consumer deliver subject has wildcards")]
    [InlineData("""{"deliver_subject":"~.x"}""", 400, 10081, "consumer deliver subject forms a cycle")]
    [InlineData("""{"deliver_subject":"d.x","max_waiting":5}""", 400, 10080, "consumer in push mode can not set max waiting")]
    [InlineData("""{"deliver_subject":"d.x","flow_control":true}""", 400, 10108, "consumer with flow control also needs heartbeats")]
    [InlineData("""{"deliver_subject":"d.x","idle_heartbeat":1000000}""", 400, 10083, "consumer idle heartbeat needs to be >= 100ms")]
    [InlineData("""{"deliver_subject":"d.x","ack_policy":"none","max_ack_pending":5}""", 400, 10082, "consumer requires ack policy for max ack pending")]
    [InlineData("""{"opt_start_seq":5}""", 400, 10094, "consumer delivery policy is deliver all, but optional start sequence is also set")]
    [InlineData("""{"opt_start_time":"2026-01-01T00:00:00Z"}""", 400, 10094, "consumer delivery policy is deliver all, but optional start time is also set")]
    [InlineData("""{"deliver_policy":"last","opt_start_seq":5}""", 400, 10094, "consumer delivery policy is deliver last, but optional start sequence is also set")]
    [InlineData("""{"deliver_policy":"new","opt_start_seq":5}""", 400, 10094, "consumer delivery policy is deliver new, but optional start sequence is also set")]
    [InlineData("""{"deliver_policy":"last_per_subject"}""", 400, 10094, "consumer delivery policy is deliver last per subject, but optional filter subject is not set")]
    [InlineData("""{"deliver_policy":"by_start_sequence"}""", 400, 10094, "consumer delivery policy is deliver by start sequence, but optional start sequence is not set")]
    [InlineData("""{"deliver_policy":"by_start_time"}""", 400, 10094, "consumer delivery policy is deliver by start time, but optional start time is not set")]
    [InlineData("""{"deliver_policy":"by_start_time","opt_start_time":"2026-01-01T00:00:00Z","opt_start_seq":1}""", 400, 10094, "consumer delivery policy is deliver by start time, but optional start start sequence is also set")]
    [InlineData("""{"num_replicas":-1}""", 400, 10133, "replicas count cannot be negative")]
    [InlineData("""{"num_replicas":3}""", 500, 10074, "replicas > 1 not supported in non-clustered mode")]
    [InlineData("""{"name":"other"}""", 400, 10132, "Consumer Durable and Name have to be equal if both are provided")]
    public async Task Create_Refused_SaysWhy(string config, int code, int errorCode, string description)
    {
        WireStream stream = await NewStreamAsync();
        JsonObject json = JsonNode.Parse(config.Replace("~", stream.Name, StringComparison.Ordinal))!.AsObject();
        bool isNamed = json.ContainsKey("name");
        if (isNamed && !IsOld)
            return; // the name in the subject takes its place

        ApiRefusal refusal = await stream.ConsumerRefusedAsync(config);

        refusal.ShouldBe(new ApiRefusal(code, errorCode, description));
        (await Client.RefusedAsync($"CONSUMER.INFO.{stream.Name}.c")).ShouldBe(new ApiRefusal(404, 10014, "consumer not found"));
    }

    [Theory]
    [InlineData(3, 3, false, true)]
    [InlineData(3, 4, true, true)]
    [InlineData(3, 2, false, false)]
    [InlineData(3, -1, false, true)]
    [InlineData(3, 0, false, true)]
    [InlineData(1, 1, false, true)]
    public async Task Create_Backoff_IsLimitedByMaxDeliver(int backoffs, int maxDeliver, bool onOld, bool onNew)
    {
        WireStream stream = await NewStreamAsync();
        string config = $$"""{"backoff":[{{string.Join(',', Enumerable.Repeat(1_000_000_000, backoffs))}}],"max_deliver":{{maxDeliver}}}""";

        if (IsOld ? onOld : onNew)
            await stream.ConsumerAsync(config);
        else
            (await stream.ConsumerRefusedAsync(config)).ErrorCode.ShouldBe(10116);
    }

    [Theory]
    [InlineData("""{"ack_policy":"sometimes"}""")]
    [InlineData("""{"deliver_policy":"whenever"}""")]
    [InlineData("""{"ack_wait":"30s"}""")]
    public async Task Create_BrokenJson_IsRefused(string config)
    {
        WireStream stream = await NewStreamAsync();

        (await stream.ConsumerRefusedAsync(config)).ErrorCode.ShouldBe(10025);
    }

    [Fact]
    public async Task Create_UnknownField_IsRefusedByNewServersAndIgnoredByOldOnes()
    {
        WireStream stream = await NewStreamAsync();

        if (IsOld)
            await stream.ConsumerAsync("""{"never_heard_of":1}""");
        else
            (await stream.ConsumerRefusedAsync("""{"never_heard_of":1}""")).ShouldBe(new ApiRefusal(400, 10025, "invalid JSON: json: unknown field \"never_heard_of\""));
    }

    [Fact]
    public async Task Create_Metadata_IsKeptByNewServers()
    {
        WireStream stream = await NewStreamAsync();
        WireConsumer consumer = await stream.ConsumerAsync("""{"metadata":{"owner":"me"}}""");

        JsonNode? metadata = (await consumer.InfoAsync())["config"]!["metadata"];

        if (IsOld)
            metadata.ShouldBeNull();
        else
            ((string)metadata!["owner"]!).ShouldBe("me");
    }

    [Theory]
    [InlineData("c", "d", 10017)]
    [InlineData("a/b", "a/b", 10127)]
    [InlineData("a\\b", "a\\\\b", 10127)]
    public async Task Create_BadName_IsRefused(string inSubject, string inBody, int errorCode)
    {
        WireStream stream = await NewStreamAsync();

        ApiRefusal refusal = await Client.RefusedAsync(
            $"CONSUMER.DURABLE.CREATE.{stream.Name}.{inSubject}", $$"""{"stream_name":"{{stream.Name}}","config":{"durable_name":"{{inBody}}","ack_policy":"explicit"} }""");

        refusal.ErrorCode.ShouldBe(errorCode);
    }

    [Theory]
    [InlineData("é")]
    [InlineData("A-b_1")]
    [InlineData("{x}")]
    public async Task Create_UnusualName_IsTaken(string name)
    {
        WireStream stream = await NewStreamAsync();

        WireConsumer consumer = await stream.ConsumerAsync("{}", name);

        await stream.PublishAsync("a", "1");
        await consumer.ConfirmAsync(await consumer.NextAsync());
        (await consumer.NumberAsync("num_ack_pending")).ShouldBe(0);
    }

    [Theory]
    [InlineData(255, true)]
    [InlineData(256, false)]
    public async Task Create_LongName_HasALimit(int length, bool isTaken)
    {
        WireStream stream = await NewStreamAsync();
        string name = new('x', length);

        if (isTaken)
            await stream.ConsumerAsync("{}", name);
        else
            (await stream.ConsumerRefusedAsync("{}", name)).ShouldBe(new ApiRefusal(400, 10102, "consumer name is too long, maximum allowed is 255"));
    }

    [Fact]
    public async Task Create_NameWithADot_IsAnsweredWithSilence()
    {
        WireStream stream = await NewStreamAsync();

        NatsReply reply = await Client.RequestAsync($"$JS.API.CONSUMER.DURABLE.CREATE.{stream.Name}.a.b", stream.Body("{}", "a.b"), timeout: Seconds(0.3));

        reply.Status.ShouldBe(NatsReplyStatus.TimedOut);
    }

    [Fact]
    public async Task Create_OtherStreamInTheBody_IsRefused()
    {
        WireStream stream = await NewStreamAsync();

        (await Client.RefusedAsync($"CONSUMER.DURABLE.CREATE.{stream.Name}.c", """{"stream_name":"other","config":{"durable_name":"c"}}"""))
            .ShouldBe(new ApiRefusal(400, 10056, "stream name in subject does not match request"));
    }

    [Fact]
    public async Task Create_MissingStream_IsNotFound()
    {
        (await Client.RefusedAsync("CONSUMER.DURABLE.CREATE.nowhere.c", """{"stream_name":"nowhere","config":{"durable_name":"c"}}"""))
            .ShouldBe(new ApiRefusal(404, 10059, "stream not found"));
    }

    [Fact]
    public async Task Create_DurableByTheEphemeralApi_IsRefused()
    {
        WireStream stream = await NewStreamAsync();

        (await Client.RefusedAsync($"CONSUMER.CREATE.{stream.Name}", stream.Body("{}")))
            .ShouldBe(new ApiRefusal(400, 10020, "consumer expected to be ephemeral but a durable name was set in request"));
    }
}
