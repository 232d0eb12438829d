using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Nats.Consumer.Client.Tests.Tls;

/// <summary>The PEM files of a certificate and its key.</summary>
internal sealed record CertificatePair(string CertificateFile, string KeyFile);

/// <summary>A certificate authority that lives in a folder of PEM files.</summary>
internal sealed class TestAuthority
{
    public const string ForServers = "1.3.6.1.5.5.7.3.1";
    public const string ForClients = "1.3.6.1.5.5.7.3.2";

    private readonly string _folder;
    private readonly X509Certificate2 _certificate;

    public TestAuthority(string folder, string name)
    {
        _folder = folder;
        Name = name;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        _certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddYears(-3), DateTimeOffset.UtcNow.AddYears(3));
        CaFile = Path.Combine(folder, $"{name}.pem");
        File.WriteAllText(CaFile, _certificate.ExportCertificatePem());
    }

    public string Name { get; }

    public string CaFile { get; }

    /// <summary>The revocation list as this authority publishes it, in DER.</summary>
    public byte[] RevocationList(params CertificatePair[] revoked)
    {
        var builder = new CertificateRevocationListBuilder();
        foreach (CertificatePair pair in revoked)
        {
            using X509Certificate2 certificate = X509CertificateLoader.LoadCertificateFromFile(pair.CertificateFile);
            builder.AddEntry(certificate, DateTimeOffset.UtcNow.AddHours(-1), X509RevocationReason.KeyCompromise);
        }

        return builder.Build(_certificate, crlNumber: 1, DateTimeOffset.UtcNow.AddDays(1), HashAlgorithmName.SHA256, thisUpdate: DateTimeOffset.UtcNow.AddHours(-1));
    }

    /// <summary>Issues a certificate: by default for servers at localhost and 127.0.0.1, valid since yesterday for a month.</summary>
    public CertificatePair Issue(
        string name, string[]? hosts = null, string usage = ForServers, TimeSpan? validFor = null, TimeSpan? validIn = null, string? keyPassword = null, string? revocationList = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_certificate, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        var names = new SubjectAlternativeNameBuilder();
        foreach (string host in hosts ?? ["localhost", "127.0.0.1"])
        {
            if (IPAddress.TryParse(host, out IPAddress? address))
                names.AddIpAddress(address);
            else
                names.AddDnsName(host);
        }

        request.CertificateExtensions.Add(names.Build());
        if (revocationList is not null)
            request.CertificateExtensions.Add(CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([revocationList]));
        DateTimeOffset from = DateTimeOffset.UtcNow + (validIn ?? TimeSpan.FromDays(-1));
        DateTimeOffset until = DateTimeOffset.UtcNow + (validFor ?? TimeSpan.FromDays(30));
        using X509Certificate2 certificate = request.Create(_certificate, from, until, RandomNumberGenerator.GetBytes(8));

        var pair = new CertificatePair(Path.Combine(_folder, $"{Name}-{name}.pem"), Path.Combine(_folder, $"{Name}-{name}.key"));
        File.WriteAllText(pair.CertificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(pair.KeyFile, keyPassword is null
            ? key.ExportPkcs8PrivateKeyPem()
            : key.ExportEncryptedPkcs8PrivateKeyPem(keyPassword, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 10_000)));
        return pair;
    }
}
