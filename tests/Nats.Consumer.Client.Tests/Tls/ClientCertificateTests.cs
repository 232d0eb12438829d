using System.Security.Cryptography.X509Certificates;
using Nats.Consumer.Testing;

namespace Nats.Consumer.Client.Tests.Tls;

[Trait("Category", "Server")]
public sealed class ClientCertificateTests(TlsFixture tls) : IClassFixture<TlsFixture>
{
    [Fact]
    public async Task ConnectAsync_CertificateOfFiles_IsTaken()
    {
        await using NatsServerProcess server = await StartAsync();
        await TlsFixture.ConnectsAsync(Options(server, tls.Trusted.Issue("client", [], TestAuthority.ForClients)));
    }

    [Fact]
    public async Task ConnectAsync_EncryptedKey_IsOpenedWithItsPassword()
    {
        await using NatsServerProcess server = await StartAsync();
        NatsConnectionOptions options = Options(server, tls.Trusted.Issue("locked", [], TestAuthority.ForClients, keyPassword: "open, sesame"));
        options.Tls.KeyPassword = "open, sesame";
        await TlsFixture.ConnectsAsync(options);
    }

    [Fact]
    public async Task ConnectAsync_CertificateObject_IsTaken()
    {
        await using NatsServerProcess server = await StartAsync();
        CertificatePair pair = tls.Trusted.Issue("object", [], TestAuthority.ForClients);
        using X509Certificate2 certificate = X509Certificate2.CreateFromPemFile(pair.CertificateFile, pair.KeyFile);
        NatsConnectionOptions options = tls.Options(server, change: options => options.ClientCertificate = certificate);
        await TlsFixture.ConnectsAsync(options);
        await TlsFixture.ConnectsAsync(options);
    }

    [Fact]
    public async Task ConnectAsync_NoCertificate_IsToldToGiveOne()
    {
        await using NatsServerProcess server = await StartAsync();
        NatsTlsException error = await TlsFixture.FailsAsync<NatsTlsException>(tls.Options(server));
        error.Message.ShouldContain("asks for a client certificate and none is configured");
        error.Message.ShouldContain("Tls.CertificateFile");
    }

    [Fact]
    public async Task ConnectAsync_NoCertificateAfterOneThatWasTaken_IsNotLetInByAResumedSession()
    {
        await using NatsServerProcess server = await StartAsync();
        await TlsFixture.ConnectsAsync(Options(server, tls.Trusted.Issue("before", [], TestAuthority.ForClients)));
        await TlsFixture.FailsAsync<NatsTlsException>(tls.Options(server));
    }

    [Fact]
    public async Task ConnectAsync_CertificateOfAnotherAuthority_IsRefused() =>
        await ShouldBeRefusedAsync(tls.Other.Issue("stranger", [], TestAuthority.ForClients));

    [Fact]
    public async Task ConnectAsync_ExpiredCertificate_IsRefused() =>
        await ShouldBeRefusedAsync(tls.Trusted.Issue("old", [], TestAuthority.ForClients, validIn: TimeSpan.FromDays(-9), validFor: TimeSpan.FromDays(-2)));

    private async Task ShouldBeRefusedAsync(CertificatePair client)
    {
        await using NatsServerProcess server = await StartAsync();
        NatsTlsException error = await TlsFixture.FailsAsync<NatsTlsException>(Options(server, client));
        error.Message.ShouldContain("the server refused the TLS handshake (alert");
        error.Message.ShouldContain("client certificate");
        TestContext.Current.TestOutputHelper?.WriteLine(error.Message);
    }

    private Task<NatsServerProcess> StartAsync() => TlsFixture.StartServerAsync(tls.Good, TlsFixture.Verify(tls.Trusted));

    private NatsConnectionOptions Options(NatsServerProcess server, CertificatePair client) =>
        tls.Options(server, change: options => (options.CertificateFile, options.KeyFile) = (client.CertificateFile, client.KeyFile));
}
