using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Nats.Consumer.Testing;

namespace Nats.Consumer.Client.Tests.Tls;

[Trait("Category", "Server")]
public sealed class ServerCertificateTests(TlsFixture tls) : IClassFixture<TlsFixture>
{
    [Fact]
    public async Task ConnectAsync_UnknownAuthority_NamesItAndTheFile()
    {
        string message = await MessageAsync(tls.Other.Issue("unknown"));
        message.ShouldContain("'CN=other-ca'");
        message.ShouldContain($"Tls.CaFile '{tls.Trusted.CaFile}'");
    }

    [Fact]
    public async Task ConnectAsync_UnknownToTheSystem_AsksForCaFile() =>
        (await MessageAsync(tls.Trusted.Issue("not-public"), options => options.CaFile = null)).ShouldContain("Set Tls.CaFile");

    [Fact]
    public async Task ConnectAsync_AnotherHost_NamesWhatTheCertificateIsFor()
    {
        CertificatePair pair = tls.Trusted.Issue("elsewhere", ["nats.example.org", "*.example.net", "10.1.2.3"]);
        string message = await MessageAsync(pair);
        message.ShouldContain("'nats.example.org', '*.example.net', '10.1.2.3', not for 'localhost'");
        message.ShouldContain("Tls.ServerName");
    }

    [Theory]
    [InlineData("nats.example.org")]
    [InlineData("one.example.net")]
    [InlineData("10.1.2.3")]
    public async Task ConnectAsync_ServerName_TakesThePlaceOfTheHost(string name)
    {
        await using NatsServerProcess server = await TlsFixture.StartServerAsync(
            tls.Trusted.Issue($"named-{name}", ["nats.example.org", "*.example.net", "10.1.2.3"]));
        await TlsFixture.ConnectsAsync(tls.Options(server, change: options => options.ServerName = name));
        (await TlsFixture.FailsAsync<NatsTlsException>(tls.Options(server, change: options => options.ServerName = "other.example.com")))
            .Message.ShouldContain("not for 'other.example.com'");
    }

    [Fact]
    public async Task ConnectAsync_Expired_SaysSinceWhen()
    {
        string message = await MessageAsync(tls.Trusted.Issue("expired", validIn: TimeSpan.FromDays(-9), validFor: TimeSpan.FromDays(-2)));
        message.ShouldContain($"'CN=expired' expired at {Day(-2)}");
    }

    [Fact]
    public async Task ConnectAsync_NotYetValid_SaysFromWhen()
    {
        string message = await MessageAsync(tls.Trusted.Issue("early", validIn: TimeSpan.FromDays(2), validFor: TimeSpan.FromDays(9)));
        message.ShouldContain($"'CN=early' is valid from {Day(2)}");
        message.ShouldContain("clocks");
    }

    [Fact]
    public async Task ConnectAsync_CertificateForClients_SaysWhatItLacks() =>
        (await MessageAsync(tls.Trusted.Issue("client-only", usage: TestAuthority.ForClients))).ShouldContain("serverAuth");

    [Fact]
    public async Task ConnectAsync_SeveralProblems_NamesAll()
    {
        string message = await MessageAsync(tls.Other.Issue("all-wrong", ["a.example"], validIn: TimeSpan.FromDays(-9), validFor: TimeSpan.FromDays(-2)));
        message.ShouldContain("not for 'localhost'");
        message.ShouldContain("'CN=other-ca'");
        message.ShouldContain("expired at");
    }

    [Fact]
    public async Task ConnectAsync_RevocationThatCannotBeChecked_IsAnError()
    {
        string message = await MessageAsync(tls.Good, options => options.RevocationMode = X509RevocationMode.Offline);
        message.ShouldContain("cannot be found out");
        message.ShouldContain("Offline");
    }

    [Fact]
    public async Task ConnectAsync_Insecure_WarnsEachTime()
    {
        await using NatsServerProcess server = await TlsFixture.StartServerAsync(tls.Other.Issue("insecure", ["a.example"]));
        var log = new RecordingLogger();
        NatsConnectionOptions options = tls.Options(server, change: options => options.InsecureSkipServerVerification = true);
        options.LoggerFactory = log;
        await TlsFixture.ConnectsAsync(options);
        await TlsFixture.ConnectsAsync(options);
        log.Lines.Count(line => line.Level == LogLevel.Warning && line.Text.Contains("NOT verified", StringComparison.Ordinal)).ShouldBe(2);
    }

    private static string Day(int inDays) => DateTime.UtcNow.AddDays(inDays).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private async Task<string> MessageAsync(CertificatePair certificate, Action<NatsTlsOptions>? change = null)
    {
        await using NatsServerProcess server = await TlsFixture.StartServerAsync(certificate);
        string message = (await TlsFixture.FailsAsync<NatsTlsException>(tls.Options(server, change: change))).Message;
        message.ShouldContain($"tls://localhost:{server.Port}");
        TestContext.Current.TestOutputHelper?.WriteLine(message);
        return message;
    }
}
