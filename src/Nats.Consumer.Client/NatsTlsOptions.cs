using System.Security.Cryptography.X509Certificates;

namespace Nats.Consumer.Client;

/// <summary>
/// TLS of a connection. The versions of TLS and the ciphers are the operating system's choice. Files are read again at each connect, so a renewed certificate
/// counts from the next connect on; one that cannot be read or used is a <see cref="NatsTlsException"/> there, which names it.
/// </summary>
public sealed class NatsTlsOptions
{
    /// <summary>When to encrypt.</summary>
    /// <value>The default is <see cref="NatsTlsMode.Auto"/>.</value>
    public NatsTlsMode Mode { get; set; }

    /// <summary>
    /// Path of a PEM file with the certificates of the authorities whose servers are trusted. They take the place of the system's. Authorities in between may
    /// be in it, but it must lead to a root.
    /// </summary>
    /// <value>The default is <see langword="null"/>: the authorities that the system trusts.</value>
    public string? CaFile { get; set; }

    /// <summary>Path of a PEM file with this client's certificate, followed by those of authorities in between, if any.</summary>
    /// <value>The default is <see langword="null"/>: no client certificate.</value>
    public string? CertificateFile { get; set; }

    /// <summary>Path of a PEM file with the private key of <see cref="CertificateFile"/>.</summary>
    /// <value>The default is <see langword="null"/>: the key is in <see cref="CertificateFile"/>.</value>
    public string? KeyFile { get; set; }

    /// <summary>The password of an encrypted private key.</summary>
    /// <value>The default is <see langword="null"/>: the key is not encrypted.</value>
    public string? KeyPassword { get; set; }

    /// <summary>This client's certificate with its private key, in the place of files. It stays the caller's to dispose, after the connection.</summary>
    public X509Certificate2? ClientCertificate { get; set; }

    /// <summary>The name that is told to the server (SNI) and looked for in its certificate. For servers that are reached by another name or by an address.</summary>
    /// <value>The default is <see langword="null"/>: the host of the URL.</value>
    public string? ServerName { get; set; }

    /// <summary>
    /// Whether to ask the authority if the server's certificate was revoked. <see cref="X509RevocationMode.Online"/> may reach out over HTTP while it connects, and
    /// a certificate of which that cannot be found out is refused.
    /// </summary>
    /// <value>The default is <see cref="X509RevocationMode.NoCheck"/>.</value>
    public X509RevocationMode RevocationMode { get; set; } = X509RevocationMode.NoCheck;

    /// <summary>
    /// Takes whatever certificate the server shows, so that anybody in between can read and change everything, credentials included. For experiments; each
    /// connect logs a warning.
    /// </summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool InsecureSkipServerVerification { get; set; }

    internal void Validate()
    {
        Require(Enum.IsDefined(Mode), nameof(Mode), "is none of the modes");
        Require(KeyFile is null || CertificateFile is not null, nameof(KeyFile), "needs CertificateFile, the certificate of the key");
        Require(KeyPassword is null || CertificateFile is not null, nameof(KeyPassword), "needs CertificateFile: it is the password of that certificate's key");
        Require(ClientCertificate is null || CertificateFile is null, nameof(ClientCertificate), "cannot be combined with CertificateFile: give one of them");
        Require(ClientCertificate is null or { HasPrivateKey: true }, nameof(ClientCertificate), "has no private key");
        Require(ServerName is null || Uri.CheckHostName(ServerName) != UriHostNameType.Unknown, nameof(ServerName), "must be a host name or an address, without scheme and port");
        Require(Enum.IsDefined(RevocationMode), nameof(RevocationMode), "is none of the modes");
    }

    private static void Require(bool condition, string name, string rule)
    {
        if (!condition)
            throw new ArgumentException($"{nameof(NatsTlsOptions)}.{name} {rule}.", name);
    }
}
