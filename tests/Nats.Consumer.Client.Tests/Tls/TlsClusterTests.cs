using System.Collections.Concurrent;
using Nats.Consumer.Client.Tests.Support;
using Nats.Consumer.Testing;

namespace Nats.Consumer.Client.Tests.Tls;

/// <summary>Three nodes that take clients over TLS only. They announce each other by address, and their certificates are for a name.</summary>
[Trait("Category", "Server")]
public sealed class TlsClusterTests(TlsFixture tls) : IClassFixture<TlsFixture>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ConnectedNode_Goes_MovesToADiscoveredOneOverTls(bool lameDuck)
    {
        CertificatePair certificate = tls.Trusted.Issue($"node-{lameDuck}", ["localhost"]);
        await using NatsCluster cluster = await NatsCluster.StartAsync(options: new NatsServerOptions
        {
            JetStream = false,
            ConfigText = $$"""
                lame_duck_duration: 30s
                lame_duck_grace_period: 1s
                tls {
                  cert_file: "{{certificate.CertificateFile}}"
                  key_file: "{{certificate.KeyFile}}"
                  timeout: 10
                }
                """,
        });
        NatsConnectionOptions options = tls.Options(cluster.Servers[0]); // tls://localhost:PORT of the first one
        options.MaxReconnectDelay = TimeSpan.FromMilliseconds(100);
        await using var connection = new NatsConnection(options);
        var events = new ConcurrentQueue<NatsConnectionEventKind>();
        connection.Changed += change => events.Enqueue(change.Kind);
        await connection.ConnectAsync().WithinDeadline();
        await using var elsewhere = new NatsConnection(tls.Options(cluster.Servers[2]));
        await elsewhere.ConnectAsync().WithinDeadline();
        var sink = new RecordingSink();
        await connection.SubscribeAsync("over.tls", sink);
        await connection.FlushAsync().WithinDeadline();
        connection.ServerInfo!.ServerName.ShouldBe("n1");
        connection.ServerInfo.ConnectUrls.Count.ShouldBe(3);

        await (lameDuck ? cluster.Servers[0].SignalAsync(NatsServerSignal.LameDuck) : cluster.Servers[0].KillAsync());
        await Soon.HoldsAsync(() => events.Contains(NatsConnectionEventKind.Reconnected), "it is connected elsewhere");
        connection.ServerInfo!.ServerName.ShouldBeOneOf("n2", "n3");
        connection.ServerInfo.TlsRequired.ShouldBeTrue();
        Task<NatsMessage> received = sink.NextAsync();
        while (!received.IsCompleted) // the node that it is connected to may not have told the others of it yet
        {
            await elsewhere.PublishAsync("over.tls", "x"u8);
            await Task.Delay(20);
        }

        await received;
        events.ShouldBe(lameDuck
            ? [NatsConnectionEventKind.Connected, NatsConnectionEventKind.LameDuck, NatsConnectionEventKind.Disconnected, NatsConnectionEventKind.Reconnected]
            : [NatsConnectionEventKind.Connected, NatsConnectionEventKind.Disconnected, NatsConnectionEventKind.Reconnected]);
    }
}
