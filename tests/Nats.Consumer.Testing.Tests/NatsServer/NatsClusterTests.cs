using Nats.Consumer.Client;

namespace Nats.Consumer.Testing.Tests;

[Trait("Category", "Server")]
public sealed class NatsClusterTests
{
    [Fact]
    public async Task StartAsync_OfThree_ServersKnowEachOtherAndJetStreamAnswers()
    {
        await using NatsCluster cluster = await NatsCluster.StartAsync();

        cluster.Servers.Count.ShouldBe(3);
        await using var connection = new NatsConnection(new NatsConnectionOptions { Url = cluster.Url });
        await connection.ConnectAsync();
        connection.ServerInfo!.ConnectUrls.Count.ShouldBe(3);
        NatsReply reply = await connection.RequestAsync(
            "$JS.API.STREAM.CREATE.S", """{"name":"S","subjects":["s"],"num_replicas":3}"""u8, TimeSpan.FromSeconds(10));
        System.Text.Encoding.UTF8.GetString(reply.Message.Payload.Span).ShouldContain("\"num_replicas\":3");
    }
}
