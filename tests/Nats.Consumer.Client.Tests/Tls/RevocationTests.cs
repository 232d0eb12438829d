using System.Security.Cryptography.X509Certificates;
using Nats.Consumer.Testing;

namespace Nats.Consumer.Client.Tests.Tls;

/// <summary>An authority that publishes a revocation list, and a client that asks for it.</summary>
[Trait("Category", "Server")]
public sealed class RevocationTests(TlsFixture tls) : IClassFixture<TlsFixture>
{
    [Fact]
    public async Task ConnectAsync_Revoked_IsRefusedWithTheAuthority()
    {
        await using var lists = new RevocationListServer();
        CertificatePair pair = tls.Trusted.Issue("revoked", revocationList: lists.Url);
        lists.List = tls.Trusted.RevocationList(pair);
        await using NatsServerProcess server = await TlsFixture.StartServerAsync(pair);
        NatsTlsException error = await TlsFixture.FailsAsync<NatsTlsException>(tls.Options(server, change: options => options.RevocationMode = X509RevocationMode.Online));
        error.Message.ShouldContain("the certificate 'CN=revoked' was revoked by 'CN=trusted-ca'. Give the server a new one");
        lists.Asked.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task ConnectAsync_AnotherOneIsRevoked_Connects()
    {
        await using var lists = new RevocationListServer();
        CertificatePair pair = tls.Trusted.Issue("in-force", revocationList: lists.Url);
        lists.List = tls.Trusted.RevocationList(tls.Trusted.Issue("another", revocationList: lists.Url));
        await using NatsServerProcess server = await TlsFixture.StartServerAsync(pair);
        await TlsFixture.ConnectsAsync(tls.Options(server, change: options => options.RevocationMode = X509RevocationMode.Online));
        lists.Asked.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task ConnectAsync_ListCannotBeHad_IsRefused()
    {
        await using var lists = new RevocationListServer();
        await using NatsServerProcess server = await TlsFixture.StartServerAsync(tls.Trusted.Issue("unknown-state", revocationList: lists.Url));
        NatsTlsException error = await TlsFixture.FailsAsync<NatsTlsException>(tls.Options(server, change: options => options.RevocationMode = X509RevocationMode.Online));
        error.Message.ShouldContain("it cannot be found out whether the certificate 'CN=unknown-state' was revoked (Tls.RevocationMode is Online)");
    }

    [Fact]
    public async Task ConnectAsync_RevokedAndNotAskedFor_Connects()
    {
        await using var lists = new RevocationListServer();
        CertificatePair pair = tls.Trusted.Issue("revoked-too", revocationList: lists.Url);
        lists.List = tls.Trusted.RevocationList(pair);
        await using NatsServerProcess server = await TlsFixture.StartServerAsync(pair);
        await TlsFixture.ConnectsAsync(tls.Options(server));
        lists.Asked.ShouldBe(0);
    }
}
