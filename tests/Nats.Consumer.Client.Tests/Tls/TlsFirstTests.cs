using Nats.Consumer.Testing;

namespace Nats.Consumer.Client.Tests.Tls;

[Trait("Category", "Server")]
public sealed class TlsFirstTests(TlsFixture tls) : IClassFixture<TlsFixture>
{
    [Fact]
    public async Task ConnectAsync_Implicit_BeginsWithTheHandshake()
    {
        await SkipWithoutHandshakeFirstAsync();
        await using NatsServerProcess server = await TlsFixture.StartServerAsync(tls.Good, handshakeFirst: true);
        server.Version.ShouldBeGreaterThanOrEqualTo(new Version(2, 10, 4));
        await TlsFixture.ConnectsAsync(tls.Options(server, "tls", options => options.Mode = NatsTlsMode.Implicit));
        await TlsFixture.ConnectsAsync(tls.Options(server, "nats", options => options.Mode = NatsTlsMode.Implicit));
    }

    [Fact]
    public async Task ConnectAsync_ImplicitWithClientCertificates_TellsGoodFromMissing()
    {
        await SkipWithoutHandshakeFirstAsync();
        await using NatsServerProcess server = await TlsFixture.StartServerAsync(tls.Good, TlsFixture.Verify(tls.Trusted), handshakeFirst: true);
        CertificatePair client = tls.Trusted.Issue("first-client", [], TestAuthority.ForClients);
        await TlsFixture.ConnectsAsync(tls.Options(server, "tls", options =>
            (options.Mode, options.CertificateFile, options.KeyFile) = (NatsTlsMode.Implicit, client.CertificateFile, client.KeyFile)));
        (await TlsFixture.FailsAsync<NatsTlsException>(tls.Options(server, "tls", options => options.Mode = NatsTlsMode.Implicit)))
            .Message.ShouldContain("asks for a client certificate");
    }

    [Fact]
    public async Task ConnectAsync_WaitingForAServerThatWaits_HintsAtTlsFirst()
    {
        await SkipWithoutHandshakeFirstAsync();
        await using NatsServerProcess server = await TlsFixture.StartServerAsync(tls.Good, handshakeFirst: true);
        NatsConnectionOptions options = tls.Options(server);
        options.ConnectTimeout = TimeSpan.FromSeconds(0.5);
        NatsConnectException error = await TlsFixture.FailsAsync<NatsConnectException>(options);
        error.Message.ShouldContain("no answer within 0.5 s");
        error.Message.ShouldContain("Tls.Mode to Implicit");
    }

    [Fact]
    public async Task ConnectAsync_ImplicitToAServerThatUpgrades_SaysSo()
    {
        await using NatsServerProcess server = await TlsFixture.StartServerAsync(tls.Good);
        await ShouldSaySoAsync(server);
    }

    [Fact]
    public async Task ConnectAsync_ImplicitToAPlainServer_SaysSo()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync(new() { JetStream = false });
        await ShouldSaySoAsync(server);
    }

    private async Task ShouldSaySoAsync(NatsServerProcess server)
    {
        NatsTlsException error = await TlsFixture.FailsAsync<NatsTlsException>(tls.Options(server, "tls", options => options.Mode = NatsTlsMode.Implicit));
        error.Message.ShouldContain("spoke first, in the clear");
        error.Message.ShouldContain("handshake_first");
    }

    // An older server refuses the configuration, so its version has to be known before.
    private static async Task SkipWithoutHandshakeFirstAsync()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync(new() { JetStream = false });
        Assert.SkipUnless(server.Version >= new Version(2, 10, 4), $"handshake_first exists from nats-server 2.10.4 on; this is {server.Version}.");
    }
}
