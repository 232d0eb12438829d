using System.Text.Json.Nodes;
using Nats.Consumer.Client;
using Nats.Consumer.Testing;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.JetStream.Publishing;

[Trait("Category", "Server")]
public class PublishServerTests(TestServer server) : IClassFixture<TestServer>
{
    private bool HasTimeToLive => server.Version >= new Version(2, 11);

    [Fact]
    public async Task ExpectedLastSequence_SomebodyWasFaster_IsRefused()
    {
        await using TestStream stream = await server.StreamAsync();
        await server.Publisher.PublishAsync("work.a", 1, new PublishOptions { ExpectedLastSequence = 0 });
        JetStreamApiException error = await RefusedAsync(new PublishOptions { ExpectedLastSequence = 0 });
        error.ErrorCode.ShouldBe(10071);
        error.IsWrongLastSequence.ShouldBeTrue();
        (await server.Publisher.PublishAsync("work.a", 1, new PublishOptions { ExpectedLastSequence = 1 })).Sequence.ShouldBe(2ul);
    }

    [Fact]
    public async Task ExpectedLastSubjectSequence_OtherSubjects_DoNotCount()
    {
        await using TestStream stream = await server.StreamAsync();
        await stream.PublishAsync("work.b");
        await server.Publisher.PublishAsync("work.a", 1, new PublishOptions { ExpectedLastSubjectSequence = 0 });
        (await RefusedAsync(new PublishOptions { ExpectedLastSubjectSequence = 1 })).IsWrongLastSequence.ShouldBeTrue();
        await server.Publisher.PublishAsync("work.a", 1, new PublishOptions { ExpectedLastSubjectSequence = 2 });
    }

    [Fact]
    public async Task ExpectedLastMessageId_Another_IsRefused()
    {
        await using TestStream stream = await server.StreamAsync();
        await server.Publisher.PublishAsync("work.a", 1, new PublishOptions { MessageId = "m1" });
        (await RefusedAsync(new PublishOptions { ExpectedLastMessageId = "m0" })).ErrorCode.ShouldBe(10070);
        await server.Publisher.PublishAsync("work.a", 1, new PublishOptions { ExpectedLastMessageId = "m1" });
    }

    [Fact]
    public async Task TimeToLive_Allowed_MessageGoes()
    {
        if (!HasTimeToLive)
        {
            (await Should.ThrowAsync<JetStreamException>(async () => await server.Publisher.PublishAsync("work.a", 1, new PublishOptions { TimeToLive = TimeSpan.FromHours(1) })))
                .Message.ShouldContain("does not know a time to live");
            return;
        }

        await using TestStream stream = await server.StreamAsync(configure: config => config["allow_msg_ttl"] = true);
        await server.Publisher.PublishAsync("work.a", 1, new PublishOptions { TimeToLive = TimeSpan.FromSeconds(1) });
        await server.Publisher.PublishAsync("work.b", 1, new PublishOptions { TimeToLive = Timeout.InfiniteTimeSpan });
        await Until.TrueAsync(async () => (await stream.InfoAsync()).Messages == 1, "one message to expire");
    }

    [Fact]
    public async Task TimeToLive_NotAllowed_SaysWhatToSet()
    {
        Assert.SkipUnless(HasTimeToLive, "This server does not know a time to live for a message.");
        await using TestStream stream = await server.StreamAsync();
        JetStreamApiException error = await RefusedAsync(new PublishOptions { TimeToLive = TimeSpan.FromSeconds(10) });
        error.ErrorCode.ShouldBe(10166);
        error.Message.ShouldEndWith("Set AllowMessageTimeToLive for the stream.");
    }

    [Fact]
    public async Task PublishMany_Thousands_AreStoredOnceAndInOrder()
    {
        await using TestStream stream = await server.StreamAsync();
        await using PublishWindow window = server.Publisher.OpenWindow(new PublishWindowOptions { MaxPending = 100 });
        for (int i = 0; i < 5_000; i++)
            await window.PublishAsync($"work.{i % 7}", i);
        (await window.FlushAsync()).ShouldBe(new PublishSummary(5_000, 0, 0));
        (await stream.InfoAsync()).Messages.ShouldBe(5_000);
        foreach (int i in new[] { 0, 2_499, 4_999 })
            (await PayloadAsync(stream, i + 1)).ShouldBe($"{i}");
    }

    [Fact]
    public async Task PublishMany_StreamIsMadeMeanwhile_NothingFails()
    {
        string name = TestServer.NewName();
        await using PublishWindow window = server.Publisher.OpenWindow(null);
        for (int i = 0; i < 10; i++)
            await window.PublishAsync($"later.{name}", i);
        await Task.Delay(100);
        await server.Api.CreateStreamAsync(new JsonObject { ["name"] = name, ["subjects"] = new JsonArray($"later.{name}") }, CancellationToken.None);
        (await window.FlushAsync()).Stored.ShouldBe(10);
        await server.Api.DeleteStreamAsync(name, CancellationToken.None);
    }

    [Fact]
    public async Task PublishMany_NoStream_SaysSo()
    {
        await using PublishWindow window = server.Publisher.OpenWindow(null);
        await window.PublishAsync("nobody.home", 1);
        (await Should.ThrowAsync<JetStreamException>(window.FlushAsync())).Message.ShouldBe(
            "1 of 1 messages were not confirmed. The first: No stream captures 'nobody.home', so the message was not stored. Add the subject to a stream, or check that JetStream is on (nats-server -js).");
    }

    [Fact]
    public async Task PublishMany_StreamFull_TellsWhichWereRefused()
    {
        await using TestStream stream = await server.StreamAsync(configure: config => (config["max_msgs"], config["discard"]) = (5, "new"));
        var refused = new List<object?>();
        await using PublishWindow window = server.Publisher.OpenWindow(new PublishWindowOptions
        {
            OnResult = result =>
            {
                if (!result.IsStored)
                    refused.Add(result.State);
            },
        });
        for (int i = 0; i < 8; i++)
            await window.PublishAsync("work.a", i, state: i);
        (await window.FlushAsync()).ShouldBe(new PublishSummary(5, 0, 3));
        refused.ShouldBe([5, 6, 7]);
    }

    [Fact]
    public async Task PublishMany_ServerRestarts_EachIsStoredOnce()
    {
        await using TestServer own = await TestServer.StartAsync(new NatsServerOptions());
        await using TestStream stream = await own.StreamAsync();
        await using PublishWindow window = own.Publisher.OpenWindow(new PublishWindowOptions { MaxPending = 200 });
        Task publishing = Task.Run(async () =>
        {
            for (int i = 0; i < 20_000; i++)
                await window.PublishAsync("work.a", i, new PublishOptions { MessageId = $"m{i}" });
        });
        await Until.TrueAsync(async () => (await stream.InfoAsync()).Messages > 1_000, "a thousand");
        await own.Process.RestartAsync();
        await publishing.WaitAsync(TimeSpan.FromSeconds(60));
        PublishSummary summary = await window.FlushAsync();
        (summary.Stored + summary.Duplicates, summary.Failed).ShouldBe((20_000, 0));
        (await stream.InfoAsync()).Messages.ShouldBe(20_000);
    }

    [Fact]
    public async Task PublishMany_ServerRestartsAndNoIds_EveryMessageIsAccountedFor()
    {
        await using TestServer own = await TestServer.StartAsync(new NatsServerOptions());
        await using TestStream stream = await own.StreamAsync();
        var doubtful = new List<Exception>();
        await using PublishWindow window = own.Publisher.OpenWindow(new PublishWindowOptions
        {
            MaxPending = 200,
            OnResult = result =>
            {
                if (result.Error is { } error)
                    doubtful.Add(error);
            },
        });
        Task publishing = Task.Run(async () =>
        {
            for (int i = 0; i < 20_000; i++)
                await window.PublishAsync("work.a", i);
        });
        await Until.TrueAsync(async () => (await stream.InfoAsync()).Messages > 1_000, "a thousand");
        await own.Process.RestartAsync();
        await publishing.WaitAsync(TimeSpan.FromSeconds(60));
        PublishSummary summary = await window.FlushAsync();
        (summary.Stored + summary.Failed).ShouldBe(20_000);
        doubtful.Count.ShouldBe((int)summary.Failed);
        doubtful.ShouldAllBe(error => error is NatsConnectionException || error is JetStreamApiException);
        (await stream.InfoAsync()).Messages.ShouldBeInRange(summary.Stored, 20_000);
    }

    private async Task<JetStreamApiException> RefusedAsync(PublishOptions options) =>
        await Should.ThrowAsync<JetStreamApiException>(async () => await server.Publisher.PublishAsync("work.a", 1, options));

    private async Task<string> PayloadAsync(TestStream stream, int sequence)
    {
        var message = (JsonObject)(await server.AskAsync($"STREAM.MSG.GET.{stream.Name}", new JsonObject { ["seq"] = sequence }))["message"]!;
        return System.Text.Encoding.UTF8.GetString(Convert.FromBase64String((string)message["data"]!));
    }
}
