using System.Globalization;
using System.Text.Json.Nodes;
using Nats.Consumer.Streams;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.JetStream.Administration;

[Trait("Category", "Server")]
public class StreamAdministrationServerTests(TestServer server) : IClassFixture<TestServer>
{
    private readonly IJetStream _js = server.JetStream;

    [Fact]
    public async Task Stream_WholeLife_IsWhatTheServerSays()
    {
        string name = TestServer.NewName();
        (await _js.GetStreamAsync(name)).ShouldBeNull();
        StreamInfo created = await _js.CreateStreamAsync(new StreamConfig(name) { Subjects = [$"{name}.{{id}}.done"], MaxMessages = 5, MaxAge = TimeSpan.FromHours(1) });
        created.Config.Subjects.ShouldBe([$"{name}.*.done"]);
        (created.Name, created.Config.MaxMessages, created.Config.MaxAge, created.Config.Storage).ShouldBe((name, 5, TimeSpan.FromHours(1), StreamStorage.File));
        created.Created!.Value.ShouldBeInRange(DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddMinutes(1));

        (await _js.CreateStreamAsync(new StreamConfig(name) { Subjects = [$"{name}.*.done"], MaxMessages = 5, MaxAge = TimeSpan.FromHours(1) })).Name.ShouldBe(name);
        (await Should.ThrowAsync<JetStreamApiException>(_js.CreateStreamAsync(new StreamConfig(name) { MaxMessages = 6 }))).ErrorCode.ShouldBe(10058);

        StreamInfo updated = await _js.UpdateStreamAsync(created.Config with { MaxMessages = 7 });
        (updated.Config.MaxMessages, updated.Config.MaxAge).ShouldBe((7, TimeSpan.FromHours(1)));
        (await _js.CreateOrUpdateStreamAsync(new StreamConfig(name) { Description = "d" })).Config.MaxMessages.ShouldBe(7);

        (await _js.DeleteStreamAsync(name)).ShouldBeTrue();
        (await _js.DeleteStreamAsync(name)).ShouldBeFalse();
        (await Should.ThrowAsync<JetStreamException>(_js.UpdateStreamAsync(new StreamConfig(name)))).Message
            .ShouldBe($"Stream '{name}' does not exist, so it cannot be updated. Use CreateOrUpdate to create it where it is missing.");
    }

    [Fact]
    public async Task Stream_WhatTheServerSays_CanBeSentBackWithoutAChange()
    {
        string name = TestServer.NewName();
        StreamInfo info = await _js.CreateStreamAsync(new StreamConfig(name) { Subjects = [$"{name}.>"], AllowDirect = true, Republish = new StreamRepublish($"{name}.a", $"re.{name}") });
        ConfigJson.Differences(StreamJson.From(info.Config), (JsonObject)info.Json["config"]!).ShouldBeEmpty();
        StreamInfo again = await _js.UpdateStreamAsync(info.Config);
        JsonNode.DeepEquals(again.Json["config"], info.Json["config"]).ShouldBeTrue();
        await _js.DeleteStreamAsync(name);
    }

    [Fact]
    public async Task Create_EveryFieldOfTheVersion_IsTakenOver()
    {
        string name = TestServer.NewName();
        var config = new StreamConfig(name)
        {
            Subjects = [$"{name}.>"],
            Description = "d",
            Retention = StreamRetention.Limits,
            Storage = StreamStorage.Memory,
            MaxMessages = 1000,
            MaxMessagesPerSubject = 5,
            MaxBytes = 1_000_000,
            MaxMessageSize = 1000,
            MaxAge = TimeSpan.FromHours(1),
            MaxConsumers = 5,
            Discard = StreamDiscard.New,
            DiscardNewPerSubject = true,
            DuplicateWindow = TimeSpan.FromMinutes(1),
            Replicas = 1,
            Republish = new StreamRepublish($"{name}.a", $"re.{name}", HeadersOnly: true),
            AllowDirect = true,
            AllowRollup = true,
            DenyDelete = true,
            DenyPurge = false,
            NoAck = false,
            Compression = StreamCompression.None,
            PersistMode = StreamPersistMode.Default,
        };
        if (server.Version >= new Version(2, 10))
        {
            config = config with
            {
                Compression = StreamCompression.S2,
                FirstSequence = 10,
                SubjectTransform = new SubjectTransform($"{name}.old.*", $"{name}.new.{{{{wildcard(1)}}}}"),
                ConsumerLimits = new StreamConsumerLimits { InactiveThreshold = TimeSpan.FromMinutes(1), MaxAckPending = 7 },
                Metadata = new Dictionary<string, string> { ["team"] = "sales" },
            };
        }

        if (server.Version >= new Version(2, 14))
            config = config with { AllowMessageTimeToLive = true, DeleteMarkerTimeToLive = TimeSpan.FromMinutes(1), AllowAtomicPublish = true, AllowBatchPublish = true };
        await IsTakenOverAsync(config);
        if (server.Version < new Version(2, 14))
            return;
        // Each by a name of its own: the server may still be deleting the files of the one before (500, error 10049).
        await IsTakenOverAsync(new StreamConfig(TestServer.NewName()) { AllowSchedules = true, PersistMode = StreamPersistMode.Async });
        await IsTakenOverAsync(new StreamConfig(TestServer.NewName()) { AllowCounters = true });

        async Task IsTakenOverAsync(StreamConfig wanted)
        {
            StreamInfo info;
            try
            {
                info = await _js.CreateStreamAsync(wanted);
            }
            catch (JetStreamApiException e)
            {
                throw new InvalidOperationException($"{e.Message} {server.Process.LogText}", e); // only the log says why a store was not made
            }

            ConfigJson.Differences(StreamJson.From(wanted), StreamJson.From(info.Config)).ShouldBeEmpty();
            await _js.DeleteStreamAsync(wanted.Name);
        }
    }

    [Fact]
    public async Task Create_FieldThatTheServerDoesNotKnow_IsAnErrorThatNamesIt()
    {
        string name = TestServer.NewName();
        var config = new StreamConfig(name) { AdditionalFields = new JsonObject { ["field_of_2099"] = 7 } };
        JetStreamException error = await Should.ThrowAsync<JetStreamException>(_js.CreateStreamAsync(config));
        error.Message.ShouldContain("field_of_2099"); // ignored by old servers, refused by new ones
        await _js.DeleteStreamAsync(name);
    }

    [Fact]
    public async Task MirrorAndSources_Streams_CopyMessages()
    {
        await using TestStream origin = await server.StreamAsync("origin.>");
        for (int i = 0; i < 3; i++)
            await origin.PublishAsync($"origin.{i}");
        (string mirror, string joined) = (TestServer.NewName(), TestServer.NewName());
        await _js.CreateStreamAsync(new StreamConfig(mirror) { Mirror = new StreamSource(origin.Name) { StartSequence = 2 } });
        await _js.CreateStreamAsync(new StreamConfig(joined) { Sources = [new StreamSource(origin.Name) { FilterSubject = "origin.1" }] });

        await Until.TrueAsync(async () => (await _js.GetStreamAsync(mirror))!.State.Messages == 2, "the mirror");
        await Until.TrueAsync(async () => (await _js.GetStreamAsync(joined))!.State.Messages == 1, "the source");
        StreamInfo info = (await _js.GetStreamAsync(joined))!;
        info.Config.Sources.ShouldHaveSingleItem().FilterSubject.ShouldBe("origin.1");
        info.Sources.ShouldHaveSingleItem().Name.ShouldBe(origin.Name);
        await _js.UpdateStreamAsync(info.Config with { Description = "joined" });
        (await _js.GetStreamAsync(mirror))!.Mirror!.Lag.ShouldBe(0);
        await _js.DeleteStreamAsync(mirror);
        await _js.DeleteStreamAsync(joined);
    }

    [Fact]
    public async Task Update_FieldTakenAway_ByNullInAdditionalFields()
    {
        string name = TestServer.NewName();
        await _js.CreateStreamAsync(new StreamConfig(name) { Subjects = [$"{name}.>"], Description = "d", MaxMessages = 5 });
        StreamInfo updated = await _js.UpdateStreamAsync(new StreamConfig(name) { AdditionalFields = new JsonObject { ["description"] = null } });
        (updated.Config.Description, updated.Config.MaxMessages).ShouldBe((null, 5));
        await _js.DeleteStreamAsync(name);
    }

    [Fact]
    public async Task Seal_AnUpdate_TakesNothingIn()
    {
        await using TestStream stream = await server.StreamAsync("sealed.>");
        (await _js.UpdateStreamAsync(new StreamConfig(stream.Name) { Sealed = true })).Config.Sealed.ShouldBe(true);
        await Should.ThrowAsync<JetStreamApiException>(async () => await stream.PublishAsync("sealed.a"));
    }

    [Fact]
    public async Task Get_SubjectsAndDeleted_OnlyWhenAskedFor()
    {
        await using TestStream stream = await server.StreamAsync("count.>");
        foreach (string subject in new[] { "count.a", "count.b", "count.a", "count.c.d" })
            await stream.PublishAsync(subject);
        await _js.DeleteMessageAsync(stream.Name, 3);
        StreamInfo plain = (await _js.GetStreamAsync(stream.Name))!;
        (plain.State.Subjects.Count, plain.State.Deleted.Count, plain.State.SubjectCount, plain.State.DeletedCount).ShouldBe((0, 0, 3, 1));
        StreamInfo detailed = (await _js.GetStreamAsync(stream.Name, new StreamInfoOptions { SubjectsFilter = "count.*", WithDeleted = true }))!;
        detailed.State.Subjects.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}={pair.Value}").ShouldBe(["count.a=1", "count.b=1"]);
        detailed.State.Deleted.ShouldBe([3ul]);
    }

    [Fact]
    public async Task Get_MoreSubjectsThanAPage_ReadsAll()
    {
        const int Count = 100_010;
        await using TestStream stream = await server.StreamAsync("page.>", config => config["storage"] = "memory");
        await using PublishWindow window = _js.OpenPublishWindow();
        for (int i = 0; i < Count; i++)
            await window.PublishAsync(string.Create(CultureInfo.InvariantCulture, $"page.{i}"), Array.Empty<byte>());
        await window.FlushAsync();
        (await _js.GetStreamAsync(stream.Name, new StreamInfoOptions { SubjectsFilter = ">" }))!.State.Subjects.Count.ShouldBe(Count);
    }

    [Fact]
    public async Task List_MoreThanAPage_IsEachOnce()
    {
        await using TestServer own = await TestServer.StartAsync();
        string[] names = [.. Enumerable.Range(0, 260).Select(i => $"L{i:000}")]; // a page of the list has 256
        await Task.WhenAll(names.Select(name => own.JetStream.CreateStreamAsync(new StreamConfig(name) { Subjects = [$"list.{name}"], Storage = StreamStorage.Memory })));
        (await own.JetStream.ListStreamsAsync().Select(stream => stream.Name).Order().ToListAsync()).ShouldBe(names);
        (await own.JetStream.ListStreamNamesAsync().Order().ToListAsync()).ShouldBe(names);
        (await own.JetStream.ListStreamNamesAsync("list.L007").ToListAsync()).ShouldBe(["L007"]);
        (await own.JetStream.ListStreamsAsync("list.L007").Select(stream => stream.Name).ToListAsync()).ShouldBe(["L007"]);
        (await own.JetStream.ListStreamNamesAsync("nobody").AnyAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task Purge_BySubjectKeepAndSequence_RemovesThose()
    {
        await using TestStream stream = await server.StreamAsync("purge.>");
        foreach (string subject in new[] { "purge.a", "purge.b", "purge.a", "purge.b", "purge.a" })
            await stream.PublishAsync(subject);
        (await _js.PurgeStreamAsync(stream.Name, new PurgeOptions { Subject = "purge.{x}", Keep = 4 })).ShouldBe(1);
        (await _js.PurgeStreamAsync(stream.Name, new PurgeOptions { Subject = "purge.b" })).ShouldBe(2);
        (await _js.PurgeStreamAsync(stream.Name, new PurgeOptions { UpToSequence = 5 })).ShouldBe(1);
        (await stream.InfoAsync()).Messages.ShouldBe(1);
        (await _js.PurgeStreamAsync(stream.Name)).ShouldBe(1);
        await Should.ThrowAsync<ArgumentException>(_js.PurgeStreamAsync(stream.Name, new PurgeOptions { Keep = 1, UpToSequence = 1 }));
        (await Should.ThrowAsync<JetStreamApiException>(_js.PurgeStreamAsync("none"))).ErrorCode.ShouldBe(10059);
    }

    [Fact]
    public async Task Names_ThatCannotWork_AreRefusedBeforeTheServerIsAsked()
    {
        foreach (Func<Task> call in new Func<Task>[]
        {
            () => _js.GetStreamAsync("a.b"), () => _js.DeleteStreamAsync("a.b"), () => _js.PurgeStreamAsync("a.b"), () => _js.CreateStreamAsync(new StreamConfig("a.b")),
            () => _js.UpdateStreamAsync(new StreamConfig("a.b")), () => _js.GetConsumerAsync("a.b", "c"), () => _js.GetConsumerAsync("a", "c.d"), () => _js.DeleteConsumerAsync("a", "c.d"),
            () => _js.CreateConsumerAsync("a.b", new ConsumerConfig()), () => _js.ListConsumersAsync("a.b").ToListAsync().AsTask(), () => _js.ListConsumerNamesAsync("a.b").ToListAsync().AsTask(),
            () => _js.PauseConsumerAsync("a", "c.d", DateTimeOffset.MaxValue), () => _js.ResumeConsumerAsync("a", "c.d"), () => _js.GetMessageAsync("a.b", 1), () => _js.DeleteMessageAsync("a.b", 1),
        })
        {
            (await Should.ThrowAsync<ArgumentException>(call)).Message.ShouldContain("has a dot");
        }
    }

    [Fact]
    public async Task AccountInfo_UseAndLimits_AreThere()
    {
        await using TestServer own = await TestServer.StartAsync();
        await own.JetStream.CreateStreamAsync(new StreamConfig("a") { Storage = StreamStorage.Memory });
        await own.JetStream.PublishAsync("a", new byte[100]);
        AccountInfo info = await own.JetStream.GetAccountInfoAsync();
        (info.Streams, info.Consumers, info.Limits.MaxStreams).ShouldBe((1, 0, -1));
        info.Memory.ShouldBeGreaterThan(100);
        info.Api.Total.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Operations_UpdateAndDelete_SayWhatTheyDid()
    {
        string name = TestServer.NewName();
        await Should.ThrowAsync<JetStreamException>(ApplyAsync(StreamOperation.Update(new StreamConfig(name))));
        await _js.CreateStreamAsync(new StreamConfig(name) { Subjects = [name] });
        (await ApplyAsync(StreamOperation.Update(new StreamConfig(name) { MaxMessages = 5 }))).ShouldBe($"Stream '{name}' updated: max_msgs -1 → 5.");
        (await ApplyAsync(StreamOperation.Update(new StreamConfig(name) { MaxMessages = 5 }))).ShouldBe($"Stream '{name}' is as wanted.");
        (await ApplyAsync(StreamOperation.Delete(name))).ShouldBe($"Stream '{name}' deleted.");
        (await ApplyAsync(StreamOperation.Delete(name))).ShouldBe($"Stream '{name}' does not exist.");
        Should.Throw<ArgumentException>(() => StreamOperation.Delete("a.b"));
    }

    private async Task<string> ApplyAsync(StreamOperation operation) => (await operation.ApplyAsync(server.Api, CancellationToken.None)).ToString();
}
