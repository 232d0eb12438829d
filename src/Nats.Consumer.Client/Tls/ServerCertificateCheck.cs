using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Nats.Consumer.Client.Tls;

/// <summary>The check of one server's certificate: the system's, whose result it keeps in words.</summary>
internal sealed class ServerCertificateCheck(string host, NatsTlsOptions options, DateTimeOffset now)
{
    /// <summary>Why the certificate was refused, once it was.</summary>
    public string? Problem { get; private set; }

    public X509ChainPolicy Policy(X509Certificate2Collection? authorities)
    {
        var policy = new X509ChainPolicy
        {
            RevocationMode = options.RevocationMode,
            VerificationTime = now.UtcDateTime,
            VerificationTimeIgnored = false,
        };
        if (authorities is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(authorities);
            policy.DisableCertificateDownloads = true; // who brings his own authorities has them all
        }

        return policy;
    }

    public bool Accepts(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None || options.InsecureSkipServerVerification)
            return true;
        (X509Certificate2, X509ChainStatusFlags)[] links = chain is null
            ? []
            : [.. chain.ChainElements.Select(element => (element.Certificate, element.ChainElementStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status)))];
        Problem = CertificateProblem.Describe(errors, certificate as X509Certificate2, links, host, options, now);
        return false;
    }
}
