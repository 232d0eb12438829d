using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Nats.Consumer.Client.Tls;

/// <summary>Says what is wrong with a server's certificate and what to do about it.</summary>
internal static class CertificateProblem
{
    private const X509ChainStatusFlags Untrusted = X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain;
    private const X509ChainStatusFlags Unknown = X509ChainStatusFlags.RevocationStatusUnknown | X509ChainStatusFlags.OfflineRevocation;
    private const int MostNames = 10;
    private const int MostCharacters = 120;

    /// <param name="errors">What the system's check found.</param>
    /// <param name="certificate">The certificate that the server showed.</param>
    /// <param name="chain">It and its authorities, each with what is wrong with it.</param>
    /// <param name="host">The name that the certificate should have.</param>
    /// <param name="options">What the user set.</param>
    /// <param name="now">The time of the check.</param>
    public static string Describe(
        SslPolicyErrors errors,
        X509Certificate2? certificate,
        IReadOnlyList<(X509Certificate2 Certificate, X509ChainStatusFlags Status)> chain,
        string host,
        NatsTlsOptions options,
        DateTimeOffset now)
    {
        if (certificate is null)
            return "the server showed no certificate";

        var problems = new List<string>();
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            problems.Add($"the certificate is for {Names(certificate)}, not for '{Clean(host)}'. Connect by a name that is in it, or set Tls.ServerName to one");
        for (int i = 0; i < chain.Count; i++)
        {
            // What the first one is not meant for, none above it is meant for either: that says nothing new.
            X509ChainStatusFlags said = i == 0 ? X509ChainStatusFlags.NoError : X509ChainStatusFlags.NotValidForUsage;
            Add(problems, chain[i].Certificate, chain[i].Status & ~said, options, now);
        }

        return problems.Count > 0 ? string.Join("; ", problems) : $"the certificate {Subject(certificate)} was refused ({errors})";
    }

    private static void Add(List<string> problems, X509Certificate2 link, X509ChainStatusFlags status, NatsTlsOptions options, DateTimeOffset now)
    {
        if ((status & Untrusted) != 0)
        {
            string issued = link.Subject == link.Issuer ? "is its own authority, and that" : $"was issued by '{Clean(link.Issuer)}', which";
            problems.Add(
                $"the certificate {Subject(link)} {issued} is not among the authorities that "
                + (options.CaFile is { } file
                    ? $"Tls.CaFile '{file}' trusts. Add the certificate of that authority to it"
                    : "the system trusts. Set Tls.CaFile to a PEM file with the certificate of that authority"));
        }

        if (status.HasFlag(X509ChainStatusFlags.NotTimeValid))
        {
            DateTime notBefore = link.NotBefore.ToUniversalTime(), notAfter = link.NotAfter.ToUniversalTime();
            problems.Add(now.UtcDateTime < notBefore
                ? $"the certificate {Subject(link)} is valid from {Date(notBefore)} on, and it is {Date(now.UtcDateTime)} now. Check the clocks"
                : $"the certificate {Subject(link)} expired at {Date(notAfter)}, and it is {Date(now.UtcDateTime)} now. Renew it on the server");
        }

        if (status.HasFlag(X509ChainStatusFlags.Revoked))
            problems.Add($"the certificate {Subject(link)} was revoked by '{Clean(link.Issuer)}'. Give the server a new one");
        else if ((status & Unknown) != 0)
        {
            problems.Add(
                $"it cannot be found out whether the certificate {Subject(link)} was revoked (Tls.RevocationMode is {options.RevocationMode}). "
                + "Make the revocation list of its authority reachable, or set the mode to NoCheck");
        }

        if (status.HasFlag(X509ChainStatusFlags.NotValidForUsage))
            problems.Add($"the certificate {Subject(link)} is not meant for servers. Issue one with the extended key usage serverAuth");

        X509ChainStatusFlags rest = status & ~(Untrusted | Unknown | X509ChainStatusFlags.NotTimeValid | X509ChainStatusFlags.Revoked | X509ChainStatusFlags.NotValidForUsage);
        if (rest != X509ChainStatusFlags.NoError)
            problems.Add($"the certificate {Subject(link)} was refused ({rest})");
    }

    private static string Subject(X509Certificate2 certificate) => $"'{Clean(certificate.Subject)}'";

    private static string Names(X509Certificate2 certificate)
    {
        List<string> names = [];
        foreach (X509SubjectAlternativeNameExtension extension in certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>())
        {
            names.AddRange(extension.EnumerateDnsNames());
            names.AddRange(extension.EnumerateIPAddresses().Select((IPAddress address) => address.ToString()));
        }

        if (names.Count == 0)
            return Subject(certificate);
        string shown = string.Join(", ", names.Take(MostNames).Select(name => $"'{Clean(name)}'"));
        return names.Count > MostNames ? $"{shown} and {names.Count - MostNames} more" : shown;
    }

    private static string Date(DateTime utc) => utc.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    // Whoever made the certificate chose these texts: they must not be able to write lines of their own into a log.
    private static string Clean(string text)
    {
        string cut = text.Length > MostCharacters ? $"{text[..MostCharacters]}..." : text;
        return string.Concat(cut.Select(character => char.IsControl(character) ? '?' : character));
    }
}
