using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Nats.Consumer.Client.Tls;

namespace Nats.Consumer.Client.Tests.Tls;

public sealed class TlsOptionsTests(TlsFixture tls) : IClassFixture<TlsFixture>
{
    [Fact]
    public void Options_ThatContradictEachOther_AreRefused()
    {
        Refused(options => options.KeyFile = "key.pem").ShouldContain("KeyFile");
        Refused(options => options.KeyPassword = "p").ShouldContain("KeyPassword");
        Refused(options => options.Mode = (NatsTlsMode)99).ShouldContain("Mode");
        Refused(options => options.ServerName = "tls://host:1").ShouldContain("ServerName");
        using X509Certificate2 keyless = X509CertificateLoader.LoadCertificateFromFile(tls.Good.CertificateFile);
        Refused(options => options.ClientCertificate = keyless).ShouldContain("private key");
        Should.Throw<ArgumentException>(() => new NatsConnection(new NatsConnectionOptions { Tls = null! }));
        Should.Throw<ArgumentException>(() => new NatsConnection(new NatsConnectionOptions { Url = "nats://a,TLS://b", Tls = { Mode = NatsTlsMode.Off } }));
    }

    [Theory]
    [InlineData("missing.pem", "does not exist")]
    [InlineData(".", "folder")]
    [InlineData("empty.pem", "no certificate")]
    [InlineData("broken.pem", "cannot be read")]
    public void CaFile_ThatCannotBeUsed_IsNamed(string name, string why)
    {
        string path = tls.File(name);
        if (name == "empty.pem")
            File.WriteAllText(path, "nothing");
        if (name == "broken.pem")
            File.WriteAllText(path, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        string message = Should.Throw<NatsTlsException>(() => TlsFiles.Authorities(new NatsTlsOptions { CaFile = path })).Message;
        message.ShouldContain($"Tls.CaFile '{path}'");
        message.ShouldContain(why);
    }

    [Fact]
    public void Key_OfAnotherCertificate_IsRefused()
    {
        CertificatePair other = tls.Trusted.Issue("mismatch");
        KeyError(other.KeyFile).ShouldContain($"does not belong to the certificate in '{tls.Good.CertificateFile}'");
    }

    [Fact]
    public void Key_OfAnotherKind_IsRefused()
    {
        string path = tls.File("rsa.key");
        using RSA rsa = RSA.Create(2048);
        File.WriteAllText(path, rsa.ExportPkcs8PrivateKeyPem());
        KeyError(path).ShouldContain("another kind");
    }

    [Fact]
    public void Key_MissingOrBrokenOrLocked_IsNamed()
    {
        KeyError(tls.File("no.key")).ShouldContain("does not exist");
        KeyError(tls.Good.CertificateFile).ShouldContain("holds no private key");
        File.WriteAllText(tls.File("broken.key"), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        KeyError(tls.File("broken.key")).ShouldContain("cannot be read");
        CertificatePair locked = tls.Trusted.Issue("locked-up", keyPassword: "right");
        KeyError(locked.KeyFile, certificate: locked.CertificateFile).ShouldContain("Tls.KeyPassword");
        string wrong = KeyError(locked.KeyFile, "wr0ng", locked.CertificateFile);
        wrong.ShouldContain("check Tls.KeyPassword");
        wrong.ShouldNotContain("wr0ng");
    }

    [Fact]
    public void CertificateAndKey_InOneFile_AreRead()
    {
        string path = tls.File("both.pem");
        File.WriteAllText(path, File.ReadAllText(tls.Good.CertificateFile) + "\n" + File.ReadAllText(tls.Good.KeyFile) + "\n" + File.ReadAllText(tls.Trusted.CaFile));
        SslStreamCertificateContext context = TlsFiles.ClientCertificate(new NatsTlsOptions { CertificateFile = path }).ShouldNotBeNull();
        context.TargetCertificate.HasPrivateKey.ShouldBeTrue();
        context.TargetCertificate.Subject.ShouldBe("CN=good");
    }

    [Fact]
    public void Problem_Revoked_NamesTheAuthority()
    {
        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificateFromFile(tls.Good.CertificateFile);
        CertificateProblem.Describe(SslPolicyErrors.RemoteCertificateChainErrors, certificate, [(certificate, X509ChainStatusFlags.Revoked)], "localhost", new(), TimeProvider.System.GetUtcNow())
            .ShouldBe("the certificate 'CN=good' was revoked by 'CN=trusted-ca'. Give the server a new one");
    }

    [Fact]
    public void Problem_NamesOfTheCertificate_AreCutAndCleaned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=\"a\nb\"", key, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));
        string text = CertificateProblem.Describe(SslPolicyErrors.RemoteCertificateNameMismatch, certificate, [], new string('x', 500), new(), TimeProvider.System.GetUtcNow());
        text.ShouldNotContain("\n");
        text.Length.ShouldBeLessThan(400);
    }

    private string KeyError(string keyFile, string? password = null, string? certificate = null)
    {
        var options = new NatsTlsOptions { CertificateFile = certificate ?? tls.Good.CertificateFile, KeyFile = keyFile, KeyPassword = password };
        NatsTlsException error = Should.Throw<NatsTlsException>(() => TlsFiles.ClientCertificate(options));
        error.Message.ShouldContain($"'{keyFile}'");
        return error.Message;
    }

    private static string Refused(Action<NatsTlsOptions> change)
    {
        var options = new NatsConnectionOptions();
        change(options.Tls);
        return Should.Throw<ArgumentException>(() => new NatsConnection(options)).Message;
    }
}
