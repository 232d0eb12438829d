using Nats.Consumer.JetStream;
using Nats.Consumer.Streams;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.JetStream.Administration;

[Trait("Category", "Server")]
public class ConsumerAdministrationServerTests(TestServer server) : IClassFixture<TestServer>
{
    private readonly IJetStream _js = server.JetStream;

    private bool CanPause => server.Version >= new Version(2, 11);

    [Fact]
    public async Task Consumer_WholeLife_IsWhatTheServerSays()
    {
        await using TestStream stream = await server.StreamAsync();
        await stream.PublishAsync("work.a");
        (await _js.GetConsumerAsync(stream.Name, "c")).ShouldBeNull();
        ConsumerInfo created = await _js.CreateConsumerAsync(stream.Name, new ConsumerConfig { DurableName = "c", MaxDeliver = 4, FilterSubjects = ["work.{id}"] });
        (created.Stream, created.Name, created.Pending).ShouldBe((stream.Name, "c", 1));
        (created.Config.AckPolicy, created.Config.MaxDeliver, created.Config.AckWait).ShouldBe((AckPolicy.Explicit, 4, TimeSpan.FromSeconds(30)));
        created.Config.FilterSubjects.ShouldBe(["work.*"]);

        (await _js.CreateConsumerAsync(stream.Name, new ConsumerConfig { DurableName = "c", MaxDeliver = 4, FilterSubjects = ["work.*"] })).Created.ShouldBe(created.Created);
        (await Should.ThrowAsync<JetStreamException>(_js.CreateConsumerAsync(stream.Name, new ConsumerConfig { DurableName = "c", MaxDeliver = 5 }))).Message.ShouldContain("exist");
        (await _js.GetConsumerAsync(stream.Name, "c"))!.Config.MaxDeliver.ShouldBe(4);

        ConsumerInfo updated = await _js.UpdateConsumerAsync(stream.Name, new ConsumerConfig { DurableName = "c", AckWait = TimeSpan.FromSeconds(7) });
        (updated.Config.MaxDeliver, updated.Config.AckWait).ShouldBe((4, TimeSpan.FromSeconds(7)));
        updated.Config.FilterSubjects.ShouldBe(["work.*"]);
        (await _js.CreateOrUpdateConsumerAsync(stream.Name, updated.Config with { Description = "d" })).Config.Description.ShouldBe("d");

        (await _js.DeleteConsumerAsync(stream.Name, "c")).ShouldBeTrue();
        (await _js.DeleteConsumerAsync(stream.Name, "c")).ShouldBeFalse();
        (await Should.ThrowAsync<JetStreamException>(_js.UpdateConsumerAsync(stream.Name, new ConsumerConfig { DurableName = "c" }))).Message.ShouldContain("does not exist");
        (await Should.ThrowAsync<JetStreamApiException>(_js.GetConsumerAsync("none", "c"))).ErrorCode.ShouldBe(10059);
    }

    [Fact]
    public async Task Create_EveryFieldOfTheVersion_IsTakenOver()
    {
        await using TestStream stream = await server.StreamAsync();
        var pull = new ConsumerConfig
        {
            Description = "x",
            StartSequence = 3,
            AckWait = TimeSpan.FromSeconds(1),
            MaxDeliver = 4,
            Backoff = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)],
            FilterSubjects = ["work.a"],
            ReplayPolicy = ReplayPolicy.Original,
            MaxAckPending = 5,
            MaxWaiting = 6,
            MaxRequestBatch = 7,
            MaxRequestExpires = TimeSpan.FromSeconds(8),
            MaxRequestBytes = 9,
            HeadersOnly = true,
            InactiveThreshold = TimeSpan.FromMinutes(1),
            Replicas = 1,
            MemoryStorage = true,
            SampleFrequency = "50",
        };
        var push = new ConsumerConfig
        {
            StartTime = DateTimeOffset.UtcNow.AddHours(-1),
            AckPolicy = AckPolicy.None,
            DeliverSubject = "to.me",
            DeliverGroup = "g",
            FlowControl = true,
            IdleHeartbeat = TimeSpan.FromSeconds(5),
            RateLimit = 10_000,
        };
        if (server.Version >= new Version(2, 10))
            pull = pull with { FilterSubjects = ["work.a", "work.b"], Metadata = new Dictionary<string, string> { ["k"] = "v" } };
        if (CanPause)
            pull = pull with { PauseUntil = DateTimeOffset.UtcNow.AddHours(1), PriorityGroups = ["A"], PriorityPolicy = PriorityPolicy.PinnedClient, PriorityTimeout = TimeSpan.FromMinutes(1) };

        foreach (ConsumerConfig config in new[] { pull, push })
        {
            ConsumerInfo info = await _js.CreateConsumerAsync(stream.Name, config);
            ConfigJson.Differences(ConsumerJson.From(config), ConsumerJson.From(info.Config)).ShouldBeEmpty();
            info.Name.ShouldNotBeEmpty();
        }
    }

    [Fact]
    public async Task Create_SeveralFiltersOnAnOldServer_IsAnError()
    {
        Assert.SkipWhen(server.Is210, "Since 2.10 a consumer can have several filters.");
        await using TestStream stream = await server.StreamAsync();
        (await Should.ThrowAsync<JetStreamException>(_js.CreateConsumerAsync(stream.Name, new ConsumerConfig { DurableName = "c", FilterSubjects = ["work.a", "work.b"] })))
            .Message.ShouldContain("ignored part of it (filter_subjects unset → [\"work.a\",\"work.b\"])");
    }

    [Fact]
    public async Task Update_FromOneFilterToSeveralAndBack_LeavesNothingBehind()
    {
        Assert.SkipUnless(server.Is210, "Before 2.10 a consumer has one filter.");
        await using TestStream stream = await server.StreamAsync();
        await _js.CreateConsumerAsync(stream.Name, new ConsumerConfig { DurableName = "c", FilterSubjects = ["work.a"] });
        foreach (string[] filters in new string[][] { ["work.a", "work.b"], ["work.c"], [], ["work.d"] })
        {
            ConsumerInfo info = await _js.UpdateConsumerAsync(stream.Name, new ConsumerConfig { DurableName = "c", FilterSubjects = filters });
            (info.Config.FilterSubjects ?? []).ShouldBe(filters);
        }
    }

    [Fact]
    public async Task CreateOrUpdate_ManyAtOnce_Converge()
    {
        await using TestStream stream = await server.StreamAsync();
        ConsumerConfig Wanted(int i) => new() { DurableName = "c", MaxDeliver = 10 + (i % 2) };
        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => _js.CreateOrUpdateConsumerAsync(stream.Name, Wanted(i))));
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _js.CreateOrUpdateConsumerAsync(stream.Name, Wanted(0))));
        (await _js.GetConsumerAsync(stream.Name, "c"))!.Config.MaxDeliver.ShouldBe(10);
    }

    [Fact]
    public async Task Update_WhatTheServerCannotChange_PassesTheServersErrorOn()
    {
        await using TestStream stream = await server.StreamAsync();
        await _js.CreateConsumerAsync(stream.Name, new ConsumerConfig { DurableName = "c" });
        (await Should.ThrowAsync<JetStreamApiException>(_js.UpdateConsumerAsync(stream.Name, new ConsumerConfig { DurableName = "c", DeliverPolicy = DeliverPolicy.New }))).ErrorCode.ShouldBe(10012);
    }

    [Fact]
    public async Task Create_WithoutADurableName_GoesByItself()
    {
        await using TestStream stream = await server.StreamAsync();
        ConsumerInfo named = await _js.CreateConsumerAsync(stream.Name, new ConsumerConfig { Name = "n", InactiveThreshold = TimeSpan.FromMilliseconds(200) });
        (named.Name, named.Config.DurableName).ShouldBe(("n", null));
        await Until.TrueAsync(async () => await _js.GetConsumerAsync(stream.Name, "n") is null, "the consumer to go");
        (await _js.CreateConsumerAsync(stream.Name, new ConsumerConfig())).Name.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task List_MoreThanAPage_IsEachOnce()
    {
        await using TestStream stream = await server.StreamAsync(configure: config => config["storage"] = "memory");
        string[] names = [.. Enumerable.Range(0, 260).Select(i => $"c{i:000}")];
        await Task.WhenAll(names.Select(name => _js.CreateConsumerAsync(stream.Name, new ConsumerConfig { DurableName = name })));
        (await _js.ListConsumersAsync(stream.Name).Select(consumer => consumer.Name).Order().ToListAsync()).ShouldBe(names);
        (await _js.ListConsumerNamesAsync(stream.Name).Order().ToListAsync()).ShouldBe(names);
        (await Should.ThrowAsync<JetStreamApiException>(_js.ListConsumersAsync("none").ToListAsync().AsTask())).ErrorCode.ShouldBe(10059);
    }

    [Fact]
    public async Task Pause_UntilResumed_DeliversNothing()
    {
        await using TestStream stream = await server.StreamAsync();
        await _js.CreateConsumerAsync(stream.Name, new ConsumerConfig { DurableName = "c" });
        DateTimeOffset until = DateTimeOffset.UtcNow.AddHours(1);
        if (!CanPause)
        {
            foreach (Func<Task> call in new Func<Task>[] { () => _js.PauseConsumerAsync(stream.Name, "c", until), () => _js.ResumeConsumerAsync(stream.Name, "c") })
                (await Should.ThrowAsync<JetStreamException>(call)).Message.ShouldBe($"nats-server {server.Version} cannot pause and resume consumers; it would not answer. Use 2.11 or later.");
            return;
        }

        ConsumerPause paused = await _js.PauseConsumerAsync(stream.Name, "c", until);
        (paused.IsPaused, paused.Until).ShouldBe((true, until));
        paused.Remaining.ShouldBeInRange(TimeSpan.FromMinutes(59), TimeSpan.FromHours(1));
        ConsumerInfo info = (await _js.GetConsumerAsync(stream.Name, "c"))!;
        (info.IsPaused, info.Config.PauseUntil).ShouldBe((true, until));
        ConsumerPause resumed = await _js.ResumeConsumerAsync(stream.Name, "c");
        (resumed.IsPaused, resumed.Until).ShouldBe((false, null));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(_js.PauseConsumerAsync(stream.Name, "c", DateTimeOffset.UtcNow.AddSeconds(-1)));
        (await Should.ThrowAsync<JetStreamApiException>(_js.PauseConsumerAsync(stream.Name, "none", until))).ErrorCode.ShouldBe(10014);
    }
}
