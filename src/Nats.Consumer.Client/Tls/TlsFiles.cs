using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Nats.Consumer.Client.Tls;

/// <summary>Reads the PEM files of the options. Errors name the file and what is wrong with it, never what is in it.</summary>
internal static class TlsFiles
{
    /// <summary>The authorities to trust; null means those of the system.</summary>
    public static X509Certificate2Collection? Authorities(NatsTlsOptions options) =>
        options.CaFile is { } path ? Certificates(path, nameof(options.CaFile)) : null;

    /// <summary>What the client shows; null when it shows nothing.</summary>
    public static SslStreamCertificateContext? ClientCertificate(NatsTlsOptions options)
    {
        if (options.ClientCertificate is { } given)
            return SslStreamCertificateContext.Create(given, additionalCertificates: null, offline: true);
        if (options.CertificateFile is not { } path)
            return null;
        X509Certificate2Collection chain = Certificates(path, nameof(options.CertificateFile));
        X509Certificate2 certificate = WithKey(path, options);
        chain.RemoveAt(0);
        return SslStreamCertificateContext.Create(certificate, chain, offline: true);
    }

    private static X509Certificate2Collection Certificates(string path, string option)
    {
        var certificates = new X509Certificate2Collection();
        string text = Text(path, option);
        try
        {
            certificates.ImportFromPem(text);
        }
        catch (CryptographicException e)
        {
            throw new NatsTlsException($"Tls.{option} '{path}' holds a certificate that cannot be read: {e.Message}", e);
        }

        return certificates.Count > 0
            ? certificates
            : throw new NatsTlsException($"Tls.{option} '{path}' holds no certificate in PEM (-----BEGIN CERTIFICATE-----).");
    }

    private static X509Certificate2 WithKey(string path, NatsTlsOptions options)
    {
        (string keyPath, string option) = options.KeyFile is { } file ? (file, nameof(options.KeyFile)) : (path, nameof(options.CertificateFile));
        string key = Text(keyPath, option);
        if (!key.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
            throw new NatsTlsException($"Tls.{option} '{keyPath}' holds no private key in PEM (-----BEGIN PRIVATE KEY-----).");
        bool encrypted = key.Contains("ENCRYPTED PRIVATE KEY-----", StringComparison.Ordinal);
        if (encrypted && options.KeyPassword is null)
            throw new NatsTlsException($"The private key in Tls.{option} '{keyPath}' is encrypted. Give its password as Tls.KeyPassword.");

        try
        {
            string certificate = Text(path, nameof(options.CertificateFile));
            return Usable(encrypted
                ? X509Certificate2.CreateFromEncryptedPem(certificate, key, options.KeyPassword)
                : X509Certificate2.CreateFromPem(certificate, key));
        }
        catch (Exception e) when (e is ArgumentException || (e is CryptographicException && e.InnerException is ArgumentException))
        {
            throw new NatsTlsException($"The private key in Tls.{option} '{keyPath}' does not belong to the certificate in '{path}'. Give the key that it was made for.", e);
        }
        catch (CryptographicException e)
        {
            throw new NatsTlsException(
                $"The private key in Tls.{option} '{keyPath}' cannot be read or is of another kind than the certificate in '{path}'"
                + $"{(encrypted ? "; check Tls.KeyPassword, too" : "")} ({e.Message.TrimEnd('.')}).",
                e);
        }
    }

    // The TLS of Windows takes no key that lives in memory only.
    private static X509Certificate2 Usable(X509Certificate2 certificate)
    {
        if (!OperatingSystem.IsWindows())
            return certificate;
        using (certificate)
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
    }

    private static string Text(string path, string option)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            string why = e switch
            {
                FileNotFoundException or DirectoryNotFoundException => "does not exist",
                UnauthorizedAccessException => "may not be read by this user, or is a folder",
                _ => $"cannot be read: {e.Message}",
            };
            throw new NatsTlsException($"Tls.{option} '{path}' {why}.", e);
        }
    }
}
