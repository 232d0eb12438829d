using System.Text.Json.Nodes;
using Nats.Consumer.Client;
using Nats.Consumer.Conformance.Targets;
using Nats.Consumer.Conformance.Wire;

namespace Nats.Consumer.Conformance.Consumers;

/// <summary>Creating and changing consumers: defaults, what is refused, what can be changed, names.</summary>
public abstract class ConsumerConfigTests(Target target) : Conformance(target)
{
    public sealed class OnInMemory29(InMemory29 target) : ConsumerConfigTests(target), IClassFixture<InMemory29>;

    public sealed class OnInMemory215(InMemory215 target) : ConsumerConfigTests(target), IClassFixture<InMemory215>;

    [Trait("Category", "Server")]
    public sealed class OnServer(ServerTarget target) : ConsumerConfigTests(target), IClassFixture<ServerTarget>;

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

    [Theory]
    [InlineData("create", "{}", 0, 0)]
    [InlineData("create", """{"ack_wait":7000000000}""", 10148, 0)]
    [InlineData("update", """{"ack_wait":7000000000}""", 0, 0)]
    [InlineData("", """{"ack_wait":7000000000}""", 0, 0)]
    [InlineData("nonsense", "{}", 10025, 0)]
    public async Task Action_ExistingConsumer_CountsOnNewServers(string action, string config, int onNew, int onOld)
    {
        WireStream stream = await NewStreamAsync();
        await stream.ConsumerAsync();

        JsonObject answer = await Client.AskAsync($"CONSUMER.CREATE.{stream.Name}.c", stream.Body(config, "c", action));

        int errorCode = IsOld ? onOld : onNew;
        if (errorCode == 0)
            answer["error"].ShouldBeNull();
        else
            ApiRefusal.From(answer, action).ErrorCode.ShouldBe(errorCode);
    }

    [Fact]
    public async Task Action_UpdateOfAMissingConsumer_IsRefusedByNewServersAndCreatesOnOldOnes()
    {
        WireStream stream = await NewStreamAsync();

        JsonObject answer = await Client.AskAsync($"CONSUMER.CREATE.{stream.Name}.c", stream.Body("{}", "c", "update"));

        if (IsOld)
            answer["error"].ShouldBeNull();
        else
            ApiRefusal.From(answer, "update").ShouldBe(new ApiRefusal(400, 10149, "consumer does not exist"));
    }

    [Theory]
    [InlineData("""{"ack_wait":20000000000}""")]
    [InlineData("""{"max_deliver":9}""")]
    [InlineData("""{"max_ack_pending":50}""")]
    [InlineData("""{"backoff":[1000000000,2000000000],"max_deliver":5}""")]
    [InlineData("""{"filter_subject":"~.b"}""")]
    [InlineData("""{"inactive_threshold":60000000000}""")]
    [InlineData("""{"headers_only":true}""")]
    [InlineData("""{"description":"x"}""")]
    [InlineData("""{"max_batch":10}""")]
    [InlineData("""{"max_expires":10000000000}""")]
    [InlineData("""{"max_bytes":1000}""")]
    [InlineData("""{"sample_freq":"50%"}""")]
    [InlineData("""{"num_replicas":1}""")]
    public async Task Update_Field_IsTaken(string change)
    {
        WireStream stream = await NewStreamAsync();
        await stream.ConsumerAsync("""{"filter_subject":"~.a"}""");

        WireConsumer consumer = await stream.ConsumerAsync(change);

        JsonNode config = (await consumer.InfoAsync())["config"]!;
        foreach ((string field, JsonNode? value) in JsonNode.Parse(change.Replace("~", stream.Name, StringComparison.Ordinal))!.AsObject())
            JsonNode.DeepEquals(config[field], value).ShouldBeTrue(config.ToJsonString());
    }

    [Theory]
    [InlineData("""{"deliver_policy":"new"}""", "deliver policy can not be updated")]
    [InlineData("""{"ack_policy":"all"}""", "ack policy can not be updated")]
    [InlineData("""{"replay_policy":"original"}""", "replay policy can not be updated")]
    [InlineData("""{"max_waiting":10}""", "max waiting can not be updated")]
    [InlineData("""{"deliver_subject":"d.x"}""", "can not update pull consumer to push based")]
    public async Task Update_Field_IsRefused(string change, string description)
    {
        WireStream stream = await NewStreamAsync();
        await stream.ConsumerAsync();
        if (IsOld && change.Contains("deliver_subject", StringComparison.Ordinal))
            description = "max waiting can not be updated"; // which goes with it

        (await stream.ConsumerRefusedAsync(change)).ShouldBe(new ApiRefusal(500, 10012, description));
    }

    [Fact]
    public async Task Update_Storage_IsRefusedByNewServers()
    {
        WireStream stream = await NewStreamAsync();
        await stream.ConsumerAsync();

        if (IsOld)
            await stream.ConsumerAsync("""{"mem_storage":true}""");
        else
            (await stream.ConsumerRefusedAsync("""{"mem_storage":true}""")).Description.ShouldBe("storage type can not be updated");
    }

    [Fact]
    public async Task Update_Sparse_ResetsTheRest()
    {
        WireStream stream = await NewStreamAsync();
        await stream.ConsumerAsync("""{"max_deliver":7,"max_ack_pending":11,"filter_subject":"~.a","description":"d"}""");

        JsonNode config = (await (await stream.ConsumerAsync("""{"ack_wait":45000000000}""")).InfoAsync())["config"]!;

        ((long)config["max_deliver"]!).ShouldBe(-1);
        ((long)config["max_ack_pending"]!).ShouldBe(1000);
        config["filter_subject"].ShouldBeNull();
        config["description"].ShouldBeNull();
    }

    [Fact]
    public async Task MaxConsumers_Reached_IsRefused()
    {
        WireStream stream = await NewStreamAsync("""{"max_consumers":1}""");
        await stream.ConsumerAsync("{}", "one");

        (await stream.ConsumerRefusedAsync("{}", "two")).ShouldBe(new ApiRefusal(400, 10026, "maximum consumers limit reached"));
        await stream.ConsumerAsync("""{"ack_wait":1000000000}""", "one"); // changing is allowed
    }

    [Fact]
    public async Task ConsumerLimits_OfTheStream_AreDefaultsAndBounds()
    {
        if (IsOld)
            return;
        WireStream stream = await NewStreamAsync("""{"consumer_limits":{"max_ack_pending":10,"inactive_threshold":60000000000} }""");

        JsonNode config = (await (await stream.ConsumerAsync()).InfoAsync())["config"]!;

        ((long)config["max_ack_pending"]!).ShouldBe(10);
        ((long)config["inactive_threshold"]!).ShouldBe(Nanoseconds(60));
        (await stream.ConsumerRefusedAsync("""{"max_ack_pending":11}""", "d")).ShouldBe(new ApiRefusal(400, 10121, "consumer max ack pending exceeds system limit of 10"));
        (await stream.ConsumerRefusedAsync("""{"inactive_threshold":61000000000}""", "d")).ErrorCode.ShouldBe(10153);
    }

    [Theory]
    [InlineData("""{"ack_policy":"none"}""", 10084)]
    [InlineData("""{"ack_policy":"all"}""", 10098)]
    [InlineData("""{"deliver_policy":"new"}""", 10101)]
    [InlineData("""{"deliver_policy":"last"}""", 10101)]
    public async Task WorkQueue_Consumer_MustAckEachAndTakeAll(string config, int errorCode)
    {
        WireStream stream = await NewStreamAsync("""{"retention":"workqueue"}""");

        (await stream.ConsumerRefusedAsync(config)).ErrorCode.ShouldBe(errorCode);
    }

    [Theory]
    [InlineData("{}", "{}", 10099)]
    [InlineData("{}", """{"filter_subject":"~.a"}""", 10100)]
    [InlineData("""{"filter_subject":"~.a"}""", "{}", 10099)]
    [InlineData("""{"filter_subject":"~.a"}""", """{"filter_subject":"~.a"}""", 10100)]
    [InlineData("""{"filter_subject":"~.a"}""", """{"filter_subject":"~.*"}""", 10100)]
    [InlineData("""{"filter_subject":"~.>"}""", """{"filter_subject":"~.a"}""", 10100)]
    [InlineData("""{"filter_subject":"~.a"}""", """{"filter_subject":"~.b"}""", 0)]
    [InlineData("""{"filter_subject":"~.a.*"}""", """{"filter_subject":"~.b.*"}""", 0)]
    public async Task WorkQueue_SecondConsumer_MustTakeOtherMessages(string first, string second, int errorCode)
    {
        WireStream stream = await NewStreamAsync("""{"retention":"workqueue"}""");
        await stream.ConsumerAsync(first, "one");

        if (errorCode == 0)
            await stream.ConsumerAsync(second, "two");
        else
            (await stream.ConsumerRefusedAsync(second, "two")).ErrorCode.ShouldBe(errorCode);
    }

    [Fact]
    public async Task WorkQueue_PartlyOverlappingFilters_AreOverlookedByOldServers()
    {
        WireStream stream = await NewStreamAsync("""{"retention":"workqueue"}""");
        await stream.ConsumerAsync("""{"filter_subject":"~.*.q"}""", "one");

        if (IsOld)
            await stream.ConsumerAsync("""{"filter_subject":"~.r.*"}""", "two");
        else
            (await stream.ConsumerRefusedAsync("""{"filter_subject":"~.r.*"}""", "two")).ErrorCode.ShouldBe(10100);
    }

    [Fact]
    public async Task Names_Consumers_AreListedInOrder()
    {
        WireStream stream = await NewStreamAsync();
        foreach (string name in new[] { "b", "a", "c" })
            await stream.ConsumerAsync("{}", name);

        JsonObject names = await Client.DoAsync($"CONSUMER.NAMES.{stream.Name}");
        JsonObject rest = await Client.DoAsync($"CONSUMER.NAMES.{stream.Name}", """{"offset":1}""");

        names["consumers"]!.ToJsonString().ShouldBe("""["a","b","c"]""");
        ((int)names["total"]!).ShouldBe(3);
        ((int)names["limit"]!).ShouldBe(1024);
        rest["consumers"]!.ToJsonString().ShouldBe("""["b","c"]""");
        ((int)rest["offset"]!).ShouldBe(1);
    }

    [Fact]
    public async Task List_Consumers_DescribesThem()
    {
        WireStream stream = await NewStreamAsync();
        await stream.PublishAsync("a");
        await stream.ConsumerAsync("""{"description":"mine"}""");

        JsonObject list = await Client.DoAsync($"CONSUMER.LIST.{stream.Name}");

        JsonNode one = list["consumers"]!.AsArray().Single()!;
        ((string)one["name"]!).ShouldBe("c");
        ((string)one["config"]!["description"]!).ShouldBe("mine");
        ((int)one["num_pending"]!).ShouldBe(1);
        ((int)list["limit"]!).ShouldBe(256);
        ((int)(await stream.StateAsync())["consumer_count"]!).ShouldBe(1);
    }

    [Fact]
    public async Task Delete_Consumer_IsGone()
    {
        WireStream stream = await NewStreamAsync();
        WireConsumer consumer = await stream.ConsumerAsync();

        await consumer.DeleteAsync();

        (await Client.RefusedAsync($"CONSUMER.DELETE.{stream.Name}.c")).ShouldBe(new ApiRefusal(404, 10014, "consumer not found"));
        (await Client.RefusedAsync($"CONSUMER.INFO.{stream.Name}.c")).ShouldBe(new ApiRefusal(404, 10014, "consumer not found"));
    }

    [Fact]
    public async Task Unused_Ephemeral_GoesByItself()
    {
        WireStream stream = await NewStreamAsync();
        await Client.DoAsync($"CONSUMER.CREATE.{stream.Name}.mine", stream.Body($$"""{"name":"mine","inactive_threshold":{{Nanoseconds(0.3)}}}""", durable: null));

        await Target.WaitAsync(() => false, Seconds(2.2));

        (await Client.RefusedAsync($"CONSUMER.INFO.{stream.Name}.mine")).ErrorCode.ShouldBe(10014);
    }

    [Fact]
    public async Task Unused_DurableWithThreshold_GoesToo()
    {
        WireStream stream = await NewStreamAsync();
        await stream.ConsumerAsync($$"""{"inactive_threshold":{{Nanoseconds(0.3)}}}""");

        await Target.WaitAsync(() => false, Seconds(2.2));

        (await Client.RefusedAsync($"CONSUMER.INFO.{stream.Name}.c")).ErrorCode.ShouldBe(10014);
    }

    [Fact]
    public async Task Used_ConsumerWithThreshold_Stays()
    {
        WireStream stream = await NewStreamAsync();
        WireConsumer consumer = await stream.ConsumerAsync($$"""{"inactive_threshold":{{Nanoseconds(0.3)}}}""");
        await using Inbox inbox = await consumer.PullAsync(1, 10);

        await Target.WaitAsync(() => false, Seconds(2.2));

        (await consumer.NumberAsync("num_waiting")).ShouldBe(1);
    }
}
