using System.Text.Json.Nodes;
using Nats.Consumer.Streams;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.Streams;

[Trait("Category", "Server")]
public class StreamOperationServerTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Create_Exists_IsLeftAsItIsAndSaysSo()
    {
        string name = TestServer.NewName();
        StreamOperation Create(long most) => StreamOperation.Create(new StreamConfig(name) { Subjects = [name], MaxMessages = most });
        (await ApplyAsync(Create(5))).ToString().ShouldBe($"Stream '{name}' created.");
        (await ApplyAsync(Create(5))).ToString().ShouldBe($"Stream '{name}' is as wanted.");
        (await ApplyAsync(Create(6))).ToString().ShouldBe($"Stream '{name}' exists already and was left as it is (max_msgs 5 → 6). Use CreateOrUpdate to change it.");
        ((int?)(await ConfigAsync(name))["max_msgs"]).ShouldBe(5);
    }

    [Fact]
    public async Task CreateOrUpdate_SeveralTimes_CreatesThenUpdatesThenLeavesAlone()
    {
        string name = TestServer.NewName();
        StreamOperation Wanted(long most) => StreamOperation.CreateOrUpdate(new StreamConfig(name)
        {
            Subjects = [$"{name}.>"],
            Description = "a text",
            Retention = StreamRetention.Limits,
            Storage = StreamStorage.File,
            MaxMessages = most,
            MaxMessagesPerSubject = 10,
            MaxBytes = 1_000_000,
            MaxMessageSize = 1000,
            MaxAge = TimeSpan.FromHours(1),
            Discard = StreamDiscard.New,
            DuplicateWindow = TimeSpan.FromMinutes(1),
            Replicas = 1,
            AllowRollup = true,
            DenyDelete = false,
            DenyPurge = false,
            AllowDirect = true,
        });
        (await ApplyAsync(Wanted(5))).Kind.ShouldBe(StreamChangeKind.Created);
        (await ApplyAsync(Wanted(5))).Kind.ShouldBe(StreamChangeKind.Unchanged);
        (await ApplyAsync(Wanted(6))).ToString().ShouldBe($"Stream '{name}' updated: max_msgs 5 → 6.");
        (await ApplyAsync(Wanted(6))).Kind.ShouldBe(StreamChangeKind.Unchanged);
    }

    [Fact]
    public async Task CreateOrUpdate_FieldsOfOthers_Survive()
    {
        string name = TestServer.NewName();
        var others = new JsonObject
        {
            ["name"] = name,
            ["subjects"] = new JsonArray($"{name}.a"),
            ["max_msgs"] = 100,
            ["max_bytes"] = 12345678,
            ["max_age"] = 3_600_000_000_000,
            ["max_msgs_per_subject"] = 7,
            ["discard"] = "new",
            ["allow_direct"] = true,
            ["allow_rollup_hdrs"] = true,
            ["duplicate_window"] = 60_000_000_000,
        };
        await server.AskAsync($"STREAM.CREATE.{name}", others);
        JsonObject before = await ConfigAsync(name);

        StreamChange change = await ApplyAsync(StreamOperation.CreateOrUpdate(new StreamConfig(name) { Subjects = [$"{name}.a", $"{name}.b"], Description = "mine" }));

        change.Kind.ShouldBe(StreamChangeKind.Updated);
        change.Fields.Select(field => field.Field).ShouldBe(["subjects", "description"]);
        before["subjects"] = new JsonArray($"{name}.a", $"{name}.b");
        before["description"] = "mine";
        JsonNode.DeepEquals(await ConfigAsync(name), before).ShouldBeTrue($"{await ConfigAsync(name)}");
    }

    [Fact]
    public async Task CreateOrUpdate_LabelsOfOthers_Survive()
    {
        Assert.SkipUnless(server.Is210, "Labels came with nats-server 2.10.");
        string name = TestServer.NewName();
        await server.AskAsync($"STREAM.CREATE.{name}", new JsonObject { ["name"] = name, ["subjects"] = new JsonArray(name), ["metadata"] = new JsonObject { ["theirs"] = "1", ["mine"] = "1" } });
        StreamOperation wanted = StreamOperation.CreateOrUpdate(new StreamConfig(name) { Metadata = new Dictionary<string, string> { ["mine"] = "2" } });
        (await ApplyAsync(wanted)).Kind.ShouldBe(StreamChangeKind.Updated);
        (await ApplyAsync(wanted)).Kind.ShouldBe(StreamChangeKind.Unchanged);
        JsonNode labels = (await ConfigAsync(name))["metadata"]!;
        ((string?)labels["theirs"], (string?)labels["mine"]).ShouldBe(("1", "2"));
    }

    [Fact]
    public async Task CreateOrUpdate_FieldThatTheServerIgnores_IsAnError()
    {
        Assert.SkipWhen(server.Is210, "Since 2.10 the server keeps labels.");
        string name = TestServer.NewName();
        StreamOperation wanted = StreamOperation.CreateOrUpdate(new StreamConfig(name) { Metadata = new Dictionary<string, string> { ["team"] = "blue" } });
        (await Should.ThrowAsync<JetStreamException>(() => ApplyAsync(wanted))).Message.ShouldBe(
            $"nats-server {server.Version} accepted the configuration of stream '{name}' but ignored part of it (metadata unset → {{\"team\":\"blue\"}}). Leave these fields out or use a newer server.");
    }

    [Fact]
    public async Task CreateOrUpdate_ImmutableField_PassesTheServersErrorOn()
    {
        string name = TestServer.NewName();
        await ApplyAsync(StreamOperation.CreateOrUpdate(new StreamConfig(name) { Subjects = [name], Storage = StreamStorage.File }));
        JetStreamApiException error = await Should.ThrowAsync<JetStreamApiException>(
            () => ApplyAsync(StreamOperation.CreateOrUpdate(new StreamConfig(name) { Storage = StreamStorage.Memory })));
        error.Message.ShouldStartWith($"Updating stream '{name}': the server refused (");
        error.Message.ShouldContain("storage type");
    }

    [Fact]
    public async Task CreateOrUpdate_SubjectsOfAnotherStream_PassesTheServersErrorOn()
    {
        string name = TestServer.NewName();
        await ApplyAsync(StreamOperation.CreateOrUpdate(new StreamConfig(name) { Subjects = [$"{name}.>"] }));
        (await Should.ThrowAsync<JetStreamApiException>(() => ApplyAsync(StreamOperation.CreateOrUpdate(new StreamConfig(TestServer.NewName()) { Subjects = [$"{name}.a"] }))))
            .ErrorCode.ShouldBe(10065);
    }

    [Fact]
    public async Task CreateOrUpdate_ManyAtOnce_Converge()
    {
        string name = TestServer.NewName();
        StreamOperation Wanted(int i) => StreamOperation.CreateOrUpdate(new StreamConfig(name) { Subjects = [$"{name}.>"], MaxMessages = 10 + (i % 2) });
        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => ApplyAsync(Wanted(i))));
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => ApplyAsync(Wanted(0))));
        ((int?)(await ConfigAsync(name))["max_msgs"]).ShouldBe(10);
        (await ApplyAsync(Wanted(0))).Kind.ShouldBe(StreamChangeKind.Unchanged);
    }

    [Fact]
    public async Task Create_ManyAtOnce_LeavesOneStream()
    {
        string name = TestServer.NewName();
        StreamChange[] changes = await Task.WhenAll(Enumerable.Range(0, 10).Select(i =>
            ApplyAsync(StreamOperation.Create(new StreamConfig(name) { Subjects = [name], MaxMessages = 10 + i }))));
        changes.Length.ShouldBe(10);
        ((int?)(await ConfigAsync(name))["max_msgs"])!.Value.ShouldBeInRange(10, 19);
    }

    private async Task<StreamChange> ApplyAsync(StreamOperation operation) => await operation.ApplyAsync(server.Api, CancellationToken.None);

    private async Task<JsonObject> ConfigAsync(string name) => (await server.Api.GetStreamAsync(name, CancellationToken.None))!.Config;
}
