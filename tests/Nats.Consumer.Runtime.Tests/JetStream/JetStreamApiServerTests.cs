using System.Text.Json.Nodes;
using Nats.Consumer.Client;
using Nats.Consumer.JetStream;
using Nats.Consumer.Testing;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.JetStream;

[Trait("Category", "Server")]
public class JetStreamApiServerTests(TestServer server) : IClassFixture<TestServer>
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Stream_CreateReadUpdateDelete_IsWhatTheServerSays()
    {
        string name = TestServer.NewName();
        (await server.Api.GetStreamAsync(name, None)).ShouldBeNull();
        var created = await server.Api.CreateStreamAsync(new JsonObject { ["name"] = name, ["subjects"] = new JsonArray("api.a") }, None);
        created.Subjects.ShouldBe(["api.a"]);
        created.Retention.ShouldBe("limits");
        await server.Publisher.PublishAsync("api.a", new byte[10], null, None);

        var config = (JsonObject)created.Config.DeepClone();
        config["max_msgs"] = 7;
        ((int?)(await server.Api.UpdateStreamAsync(config, None)).Config["max_msgs"]).ShouldBe(7);
        StreamDescription read = (await server.Api.GetStreamAsync(name, None))!;
        (read.Messages, read.LastSequence).ShouldBe((1, 1UL));
        ((int?)read.Config["max_msgs"]).ShouldBe(7);

        (await server.Api.DeleteStreamAsync(name, None)).ShouldBeTrue();
        (await server.Api.DeleteStreamAsync(name, None)).ShouldBeFalse();
    }

    [Fact]
    public async Task CreateStream_ExistsWithOtherConfiguration_FailsWithTheServersWords()
    {
        await using TestStream stream = await server.StreamAsync();
        JetStreamApiException error = await Should.ThrowAsync<JetStreamApiException>(() =>
            server.Api.CreateStreamAsync(new JsonObject { ["name"] = stream.Name, ["subjects"] = new JsonArray("api.other") }, None));
        error.ErrorCode.ShouldBe(10058);
        error.Message.ShouldBe($"Creating stream '{stream.Name}': the server refused (400, error 10058): stream name already in use with a different configuration.");
    }

    [Fact]
    public async Task Consumer_DeletedTwice_SaysWhetherItWasThere()
    {
        await using TestStream stream = await server.StreamAsync();
        (await server.Api.GetConsumerAsync(stream.Name, "c", None)).ShouldBeNull();
        await server.Api.CreateConsumerAsync(stream.Name, new JsonObject { ["durable_name"] = "c", ["name"] = "c", ["ack_policy"] = "explicit" }, None);
        (await server.Api.DeleteConsumerAsync(stream.Name, "c", None)).ShouldBeTrue();
        (await server.Api.DeleteConsumerAsync(stream.Name, "c", None)).ShouldBeFalse();
    }

    [Fact]
    public async Task Api_JetStreamOff_SaysHowToSwitchItOn()
    {
        await using NatsServerProcess off = await NatsServerProcess.StartAsync(new NatsServerOptions { JetStream = false, ServerName = "plain" });
        await using var connection = new NatsConnection(new NatsConnectionOptions { Url = off.Url });
        await connection.ConnectAsync();
        var api = new JetStreamApi(connection, TimeSpan.FromSeconds(5));
        foreach (Func<Task> call in new Func<Task>[] { () => api.CheckEnabledAsync(None), () => api.GetStreamAsync("s", None), () => api.DeleteConsumerAsync("s", "c", None) })
        {
            (await Should.ThrowAsync<JetStreamNotEnabledException>(call)).Message
                .ShouldBe($"JetStream is off on nats-server 'plain' ({off.Version}) or for this account. Start the server with -js, or enable JetStream for the account in its configuration.");
        }
    }

    [Fact]
    public async Task Api_JetStreamOffForTheAccount_SaysHowToSwitchItOn()
    {
        const string Config = """
            accounts { APP { users: [ { user: app, password: app } ] } }
            no_auth_user: app
            """;
        await using NatsServerProcess process = await NatsServerProcess.StartAsync(new NatsServerOptions { ConfigText = Config });
        await using var connection = new NatsConnection(new NatsConnectionOptions { Url = process.Url });
        await connection.ConnectAsync();
        await Should.ThrowAsync<JetStreamNotEnabledException>(() => new JetStreamApi(connection, TimeSpan.FromSeconds(5)).CheckEnabledAsync(None));
    }

    [Fact]
    public async Task Publish_NoStreamCaptures_SaysSo() =>
        (await Should.ThrowAsync<JetStreamException>(async () => await server.Publisher.PublishAsync("nobody.home", 1)))
            .Message.ShouldStartWith("No stream captures 'nobody.home', so the message was not stored.");

    [Fact]
    public async Task Publish_SameIdTwice_IsStoredOnce()
    {
        await using TestStream stream = await server.StreamAsync();
        var options = new PublishOptions { MessageId = "once", ExpectedStream = stream.Name };
        PublishAck first = await server.Publisher.PublishAsync("work.id", 1, options);
        PublishAck second = await server.Publisher.PublishAsync("work.id", 1, options);
        (first.Duplicate, second.Duplicate).ShouldBe((false, true));
        second.Sequence.ShouldBe(first.Sequence);
        (await stream.InfoAsync()).Messages.ShouldBe(1);
    }

    [Fact]
    public async Task Publish_OtherStreamExpected_IsRefused()
    {
        await using TestStream stream = await server.StreamAsync();
        JetStreamApiException error = await Should.ThrowAsync<JetStreamApiException>(
            async () => await server.Publisher.PublishAsync("work.id", 1, new PublishOptions { ExpectedStream = "other" }));
        error.ErrorCode.ShouldBe(10060);
        error.Message.ShouldContain("Publishing to 'work.id'");
    }
}
