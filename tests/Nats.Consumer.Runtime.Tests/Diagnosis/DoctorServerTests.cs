using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Nats.Consumer.Client;
using Nats.Consumer.Consuming;
using Nats.Consumer.Diagnosis;
using Nats.Consumer.Hosting;
using Nats.Consumer.JetStream;
using Nats.Consumer.Streams;
using Nats.Consumer.Testing;
using Nats.Consumer.Tests.Fakes;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Diagnosis;

/// <summary>Each misconfiguration is made on a real server, and found there with its remedy; what is well is not reported.</summary>
[Trait("Category", "Server")]
public class DoctorServerTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Explicit = "\"ack_policy\":\"explicit\",\"ack_wait\":30000000000,\"max_deliver\":5";

    /// <summary>What is created (a stream S, then a consumer c of it), how many messages are published to S.a, and what is found.</summary>
    public static TheoryData<string, string, int, string> Cases => new()
    {
        { "{}", "", 2, "" },
        { "{}", $"{{{Explicit}}}", 0, "" },
        { "{}", $"{{{Explicit}}}", 2, "nobody-consumes" },
        { "{}", """{"ack_policy":"explicit","max_deliver":5,"backoff":[1000000000,2000000000]}""", 0, "backoff-replaces-ack-wait" },
        { "{}", """{"ack_policy":"explicit"}""", 0, "unlimited-deliveries" },
        { "{}", """{"ack_policy":"all","max_deliver":5}""", 0, "ack-all" },
        { "{}", """{"ack_policy":"none"}""", 0, "ack-none" },
        { "{}", $$"""{{{Explicit}},"inactive_threshold":3600000000000}""", 0, "durable-expires" },
        { "{}", $$"""{{{Explicit}},"mem_storage":true}""", 0, "durable-in-memory" },
        { "{}", $$"""{{{Explicit}},"deliver_subject":"to.somebody"}""", 0, "push-without-group" },
        { "{}", $$"""{{{Explicit}},"deliver_subject":"to.somebody","deliver_group":"g"}""", 1, "nobody-consumes" },
        { """{"retention":"interest"}""", "", 0, "interest-without-consumer" },
        { """{"retention":"workqueue"}""", $$"""{{{Explicit}},"filter_subject":"S.b"}""", 1, "work-without-consumer" },
        { """{"no_ack":true}""", "", 0, "publishes-unconfirmed" },
        { """{"max_msgs":10,"discard":"new"}""", "", 9, "nearly-full" },
        { """{"max_msgs":10,"discard":"new"}""", "", 8, "" },
        { """{"max_age":10000000000,"duplicate_window":10000000000}""", $"{{{Explicit}}}", 0, "expires-before-retry" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Examine_Misconfiguration_IsFound(string stream, string consumer, int messages, string expected)
    {
        string name = TestServer.NewName();
        await CreateAsync(name, stream);
        if (consumer.Length > 0)
            await CreateConsumerAsync(name, "c", consumer);
        for (int i = 0; i < messages; i++)
            await server.Publisher.PublishAsync($"{name}.a", "{}"u8.ToArray(), null, CancellationToken.None);

        IReadOnlyList<Finding> findings = await ExamineAsync(name);
        await server.AskAsync($"STREAM.DELETE.{name}");

        findings.Select(finding => finding.Id).ShouldBe(expected.Length > 0 ? [expected] : [], string.Join("\n", findings));
        findings.ShouldAllBe(finding => finding.Problem.EndsWith('.') && finding.Remedy.EndsWith('.'));
    }

    [Fact]
    public async Task Examine_RetriesHoldAllThatMayBeUnsettled_IsSaturated()
    {
        await using TestStream stream = await server.StreamAsync();
        await CreateConsumerAsync(stream.Name, "c", """{"ack_policy":"explicit","max_deliver":5,"max_ack_pending":1}""");
        await stream.PublishManyAsync(2);
        NatsMessage message = await stream.TakeAsync("c");
        await server.Connection.PublishAsync(message.ReplyTo!, "-NAK {\"delay\":60000000000}"u8);
        await server.Connection.FlushAsync();

        Finding finding = (await ExamineAsync(stream.Name)).ShouldHaveSingleItem();

        (finding.Id, finding.Gravity).ShouldBe(("saturated", Gravity.Problem));
        finding.Problem.ShouldStartWith("Nothing is delivered, because 1 message may be unsettled at a time (MaxAckPending), and so many are; 1 to come wait behind them.");
    }

    [Fact]
    public async Task Examine_WorkThatIsExhausted_IsFound()
    {
        await using TestStream stream = await server.StreamAsync(configure: config => config["retention"] = "workqueue");
        await CreateConsumerAsync(stream.Name, "c", """{"ack_policy":"explicit","max_deliver":1,"ack_wait":100000000}""");
        await stream.PublishAsync("work.a");
        await stream.TakeAndNakAsync("c");
        // The server notices at the next pull, unless it finds first that nobody listens for the answer.
        await Until.TrueAsync(
            async () =>
            {
                await server.Connection.PublishAsync($"$JS.API.CONSUMER.MSG.NEXT.{stream.Name}.c", "{\"batch\":1,\"expires\":1000000000}"u8, replyTo: server.Connection.NewInbox());
                return (await stream.ConsumerAsync("c")).AckPending == 0;
            },
            "given up");

        (await ExamineAsync(stream.Name)).Select(finding => finding.Id).ShouldBe(["exhausted-messages"]);
    }

    [Fact]
    public async Task Examine_FilterThatTheStreamDropped_NeverMatches()
    {
        await using TestStream stream = await server.StreamAsync("work.a work.b");
        await CreateConsumerAsync(stream.Name, "c", $$"""{{{Explicit}},"filter_subject":"work.b"}""");
        JsonObject config = (await stream.InfoAsync()).Config;
        config["subjects"] = new JsonArray("work.a");
        await server.AskAsync($"STREAM.UPDATE.{stream.Name}", (JsonObject)config.DeepClone());

        (await ExamineAsync(stream.Name)).Select(finding => finding.Id).ShouldBe(["filter-never-matches"]);
    }

    [Fact]
    public async Task Examine_Paused_IsFound()
    {
        Assert.SkipUnless(server.Version >= new Version(2, 11), "Consumers can be paused since nats-server 2.11.");
        await using TestStream stream = await server.StreamAsync();
        await CreateConsumerAsync(stream.Name, "c", $"{{{Explicit}}}");
        await server.JetStream.PauseConsumerAsync(stream.Name, "c", DateTimeOffset.UtcNow.AddHours(1));

        (await ExamineAsync(stream.Name)).Select(finding => finding.Id).ShouldBe(["paused"]);
    }

    [Fact]
    public async Task Examine_FiltersThatOverlapInPart_AreFoundOnAWorkQueue()
    {
        Assert.SkipWhen(server.Is210, "Since 2.10 the server refuses that.");
        await using TestStream stream = await server.StreamAsync("work.>", config => config["retention"] = "workqueue");
        await CreateConsumerAsync(stream.Name, "c", $$"""{{{Explicit}},"filter_subject":"work.*.a"}""");
        await CreateConsumerAsync(stream.Name, "d", $$"""{{{Explicit}},"filter_subject":"work.b.*"}""");

        (await ExamineAsync(stream.Name)).Select(finding => finding.Id).ShouldContain("work-done-twice");
    }

    [Fact]
    public async Task Examine_OfAnApplication_FindsDriftOrphansAndDeadLetters()
    {
        await using TestStream stream = await server.StreamAsync();
        await CreateConsumerAsync(stream.Name, "tests--OldName", $"{{{Explicit}}}");
        await server.AskAsync($"STREAM.CREATE.{stream.DeadLetters}", new JsonObject { ["name"] = stream.DeadLetters, ["subjects"] = new JsonArray($"dead-letters.{stream.Name}.>"), ["max_msgs"] = 5 });
        await stream.PublishAsync($"dead-letters.{stream.Name}.worker.work.a");
        ConsumerPlan plan = ConsumerPlan.For(new StubConsumer { Stream = stream.Name, Durable = "worker" }, new StubCatalog().With<int>("work.created"), "tests");

        IReadOnlyList<Finding> findings = await ExamineAsync(null, plan);

        findings.Select(finding => (finding.Id, finding.Where)).ShouldBe(
            [
                ("drift", $"consumer 'worker' of stream '{stream.Name}'"),
                ("orphan", $"consumer 'tests--OldName' of stream '{stream.Name}'"),
                ("dead-letters-get-lost", $"stream '{stream.DeadLetters}'"),
                ("dead-letters", $"stream '{stream.DeadLetters}'"),
            ],
            ignoreOrder: true,
            string.Join("\n", findings));
    }

    [Fact]
    public async Task Examine_StreamsThatBothCaptureASubject_AreFound()
    {
        (string one, string other) = (TestServer.NewName(), TestServer.NewName());
        // Only at the same moment, and not each time.
        for (int i = 0; i < 200; i++)
        {
            await Task.WhenAll(new[] { one, other }.Select(name => server.Connection.RequestAsync(
                $"$JS.API.STREAM.CREATE.{name}", System.Text.Encoding.UTF8.GetBytes($$"""{"name":"{{name}}","subjects":["both.>"],"storage":"memory"}"""), TimeSpan.FromSeconds(5)).AsTask()));
            bool[] exist = await Task.WhenAll(new[] { one, other }.Select(async name => await server.JetStream.GetStreamAsync(name) is not null));
            if (exist.All(there => there))
                break;
            await Task.WhenAll(new[] { one, other }.Select(name => server.JetStream.DeleteStreamAsync(name)));
        }

        bool happened = await server.JetStream.GetStreamAsync(one) is not null;
        IReadOnlyList<Finding> findings = await ExamineAsync(one);
        await server.JetStream.DeleteStreamAsync(one);
        await server.JetStream.DeleteStreamAsync(other);
        Assert.SkipUnless(happened, "The server did not let it happen in 200 attempts.");
        findings.Select(finding => finding.Id).ShouldBe(["streams-overlap"]);
    }

    [Fact]
    public async Task Examine_OldServer_IsNoted()
    {
        IReadOnlyList<Finding> findings = await DoctorOf(server, server.Connection).ExamineAsync([], everything: false, _ => { }, CancellationToken.None);
        findings.Any(finding => finding is { Id: "old-server", Gravity: Gravity.Note }).ShouldBe(!server.Is210);
    }

    [Fact]
    public async Task Examine_AccountNearlyFull_IsFoundForMemoryAndDisk()
    {
        await using TestServer limited = await TestServer.StartAsync(new NatsServerOptions
        {
            ConfigText = """
                accounts: { A: { jetstream: { max_mem: 100000, max_file: 100000 }, users: [ { user: joe, password: secret } ] } }
                no_auth_user: joe
                """,
        });
        foreach ((string name, StreamStorage storage) in new[] { ("M", StreamStorage.Memory), ("F", StreamStorage.File) })
        {
            await limited.JetStream.CreateStreamAsync(new StreamConfig(name) { Subjects = [$"{name}.>"], Storage = storage });
            await limited.JetStream.PublishAsync($"{name}.a", new byte[80_000]);
        }

        async Task<IReadOnlyList<Finding>> FindAsync() => [.. (await DoctorOf(limited, limited.Connection).ExamineAsync([], everything: false, _ => { }, CancellationToken.None)).Where(finding => finding.Id == "account-nearly-full")];
        (await FindAsync()).ShouldBeEmpty();
        foreach (string name in new[] { "M", "F" })
            await limited.JetStream.PublishAsync($"{name}.b", new byte[12_000]);
        IReadOnlyList<Finding> findings = await FindAsync();
        findings.Count.ShouldBe(2, string.Join("\n", findings));
        findings.ShouldContain(finding => finding.Problem.EndsWith("of 100000 bytes in memory; when they are used up, publishing is refused.", StringComparison.Ordinal));
        findings.ShouldContain(finding => finding.Problem.EndsWith("of 100000 bytes on disk; when they are used up, publishing is refused.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Examine_MirrorOfAStreamThatIsGone_IsBroken()
    {
        string name = TestServer.NewName();
        await server.AskAsync($"STREAM.CREATE.{name}", (JsonObject)JsonNode.Parse($$$"""{"name":"{{{name}}}","mirror":{"name":"{{{name}}}-origin"}}""")!);
        IReadOnlyList<Finding> findings = [];
        await Until.TrueAsync(async () => (findings = await ExamineAsync(name)).Count > 0, "a finding", 20);
        findings.Select(finding => finding.Id).ShouldBe(["copy-broken"]);
        findings[0].Problem.ShouldStartWith($"Nothing is copied from '{name}-origin': ");
        await server.JetStream.DeleteStreamAsync(name);
    }

    // A server in lame-duck mode shuts JetStream down before it tells its clients, so that nothing else can be asked of it: what it says of itself is the test's.
    [Fact]
    public async Task Examine_ServerThatIsGoing_IsFound()
    {
        var going = new RecordingConnection { ServerInfo = new NatsServerInfo { ServerName = "one", VersionText = "2.15.1", Version = new Version(2, 15, 1), LameDuckMode = true } };
        IReadOnlyList<Finding> findings = await DoctorOf(server, going).ExamineAsync([], everything: false, _ => { }, CancellationToken.None);
        findings.ShouldContain(finding => finding.Id == "going-away" && finding.Where == "server 'one'");
    }

    // While a stream or consumer has no leader, the server leaves it out of lists and names it as missing; what it says for a moment during an election is the test's.
    [Fact]
    public void Check_NoLeader_IsFoundForStreamAndConsumer()
    {
        const string cluster = """{"name":"c","leader":"","replicas":[{"name":"one","current":false},{"name":"two","current":true}]}""";
        var answer = (JsonObject)JsonNode.Parse($$$"""{"config":{"name":"S","subjects":["S.>"]},"created":"2026-01-01T00:00:00Z","state":{},"cluster":{{{cluster}}}}""")!;
        var consumer = (JsonObject)JsonNode.Parse($$$"""{"stream_name":"S","name":"c","created":"2026-01-01T00:00:00Z","config":{{{{Explicit}}},"durable_name":"c"},"delivered":{},"ack_floor":{},"cluster":{{{cluster}}}}""")!;
        var stream = new StreamCase(StreamJson.Read(answer), [], new Version(2, 15, 1));

        StreamChecks.All.Select(check => check(stream)).OfType<Finding>().Select(finding => (finding.Id, finding.Where)).ShouldBe([("no-leader", "stream 'S'")]);
        ConsumerChecks.All.Select(check => check(new ConsumerCase(stream, ConsumerJson.Read(consumer)))).OfType<Finding>().Select(finding => (finding.Id, finding.Where)).ShouldBe([("no-leader", "consumer 'c' of stream 'S'")]);
    }

    private static Doctor DoctorOf(TestServer server, INatsConnection connection) =>
        new(server.JetStream, connection, new WorkerSetup(server.Api, new ConsumerProvisioner(server.Api, NullLogger.Instance)), "tests");

    private async Task<IReadOnlyList<Finding>> ExamineAsync(string? name, params ConsumerPlan[] plans)
    {
        IReadOnlyList<Finding> findings = await DoctorOf(server, server.Connection).ExamineAsync(plans, everything: name is not null, _ => { }, CancellationToken.None);
        return [.. findings.Where(finding => finding.Id != "old-server" && (name is null || finding.Where.Contains($"'{name}'", StringComparison.Ordinal)))];
    }

    private Task<JsonObject> CreateAsync(string name, string json)
    {
        var config = (JsonObject)JsonNode.Parse(json)!;
        (config["name"], config["subjects"]) = (name, new JsonArray($"{name}.*"));
        return server.AskAsync($"STREAM.CREATE.{name}", config);
    }

    private Task<JsonObject> CreateConsumerAsync(string stream, string name, string json)
    {
        var config = (JsonObject)JsonNode.Parse(json.Replace("S.", $"{stream}.", StringComparison.Ordinal))!;
        (config["name"], config["durable_name"]) = (name, name);
        string filter = config["filter_subject"] is { } subject ? $".{subject}" : "";
        return server.AskAsync($"CONSUMER.CREATE.{stream}.{name}{filter}", new JsonObject { ["stream_name"] = stream, ["config"] = config });
    }
}
