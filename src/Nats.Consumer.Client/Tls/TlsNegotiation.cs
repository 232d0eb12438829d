using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Nats.Consumer.Client.Connecting;
using Nats.Consumer.Client.Wire;

namespace Nats.Consumer.Client.Tls;

/// <summary>Brings one new connection to TLS, before or after the server's INFO, or leaves it as it is.</summary>
internal sealed class TlsNegotiation(ServerAddress server, NatsConnectionOptions options) : IDisposable
{
    private const byte AlertRecord = 21;
    private const byte HandshakeRecord = 22;

    private readonly NatsTlsOptions _tls = options.Tls;
    private SslStream? _encrypted;
    private bool _showsCertificate;
    private bool _askedForCertificate;

    /// <summary>What is being waited for, for the error when it takes too long.</summary>
    public string Waiting { get; private set; } = "the connection was not accepted";

    /// <summary>Whether everything from now on is encrypted.</summary>
    public bool IsSecure { get; private set; }

    /// <summary>Before the server has spoken: encrypts when the client is to begin.</summary>
    public async ValueTask<Stream> BeforeInfoAsync(Stream stream, CancellationToken cancellationToken)
    {
        if (_tls.Mode == NatsTlsMode.Implicit)
            stream = await EncryptAsync(stream, cancellationToken).ConfigureAwait(false);
        Waiting = IsSecure
            ? "the server did not introduce itself"
            : "the server accepted the connection and said nothing; if it has handshake_first on, which waits for the client, set Tls.Mode to Implicit";
        return stream;
    }

    /// <summary>After the server has introduced itself: encrypts when the server or the client asks for it.</summary>
    /// <param name="stream">The connection.</param>
    /// <param name="info">The server's INFO.</param>
    /// <param name="received">What has come since.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="NatsTlsException">The two sides do not agree on TLS, or a certificate is no good.</exception>
    /// <exception cref="NatsProtocolException">Somebody went on speaking in the clear.</exception>
    public async ValueTask<Stream> AfterInfoAsync(Stream stream, NatsServerInfo info, ReceiveBuffer received, CancellationToken cancellationToken)
    {
        if (!IsSecure && TlsDecision.Upgrades(_tls.Mode, server.IsTls, info))
        {
            // It would be read as if it had come encrypted: whoever stands in between could put it there. No server does it.
            if (!received.Unread.IsEmpty)
            {
                throw new NatsProtocolException(
                    $"Something came in the clear between INFO and the TLS handshake, and may not be the server's: {Quote.Of(received.Unread)}.");
            }

            stream = await EncryptAsync(stream, cancellationToken).ConfigureAwait(false);
        }

        Waiting = "the server did not answer CONNECT";
        return stream;
    }

    /// <summary>
    /// What the end of a connection means that was encrypted already. In TLS 1.3 the client is done before the server has looked at its certificate, and learns
    /// what the server thinks of it when it reads.
    /// </summary>
    public NatsTlsException? Explain(Exception error) =>
        !IsSecure || error is not (IOException or AuthenticationException or NatsConnectionException) ? null
        : _askedForCertificate ? CertificateMissing(error)
        : AlertIn(error) is { } alert ? Refused(alert, error)
        : null;

    /// <summary>For a connection that came to nothing; the stream of another one belongs to its session.</summary>
    public void Dispose() => _encrypted?.Dispose();

    private async Task<Stream> EncryptAsync(Stream plain, CancellationToken cancellationToken)
    {
        Waiting = "the server did not answer the TLS handshake";
        if (_tls.InsecureSkipServerVerification)
            Log.ServerNotVerified(options.LoggerFactory.CreateLogger("Nats.Consumer.Client"), server.ToString());

        string host = _tls.ServerName ?? server.TlsHost ?? server.Host;
        var check = new ServerCertificateCheck(host, _tls, options.TimeProvider.GetUtcNow());
        SslClientAuthenticationOptions settings = Settings(host, check);
        var opening = new OpeningStream(plain);
        _encrypted = new SslStream(opening, leaveInnerStreamOpen: false);
        try
        {
            await _encrypted.AuthenticateAsClientAsync(settings, cancellationToken).ConfigureAwait(false);
            IsSecure = true;
            return _encrypted;
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            throw HandshakeError(e, check.Problem, opening.Opening);
        }
    }

    private SslClientAuthenticationOptions Settings(string host, ServerCertificateCheck check)
    {
        // Not disposed here, since the stream may come back to them.
        SslStreamCertificateContext? certificate = TlsFiles.ClientCertificate(_tls);
        _showsCertificate = certificate is not null;
        return new SslClientAuthenticationOptions
        {
            TargetHost = host,
            ClientCertificateContext = certificate,
            LocalCertificateSelectionCallback = certificate is null ? NoteRequest : null,
            CertificateChainPolicy = check.Policy(TlsFiles.Authorities(_tls)),
            RemoteCertificateValidationCallback = check.Accepts,
            AllowRenegotiation = false,
            AllowTlsResume = false, // each connect is to see the certificates of today
        };
    }

    // Called first to learn what there is, and a second time, with the server's certificate, when the server asks for one.
    private X509Certificate NoteRequest(object sender, string host, X509CertificateCollection own, X509Certificate? remote, string[] issuers)
    {
        _askedForCertificate |= remote is not null;
        return null!;
    }

    private Exception HandshakeError(Exception error, string? problem, byte[] opening)
    {
        if (problem is not null)
            return new NatsTlsException(problem, error);
        if (opening.AsSpan().StartsWith("INFO "u8) && _tls.Mode == NatsTlsMode.Implicit)
        {
            return new NatsTlsException(
                "the server spoke first, in the clear, and Tls.Mode is Implicit. Set it to Require, or the server's handshake_first to true (nats-server 2.10.4 or later).",
                error);
        }

        if (opening is [not (AlertRecord or HandshakeRecord), ..])
            return new NatsProtocolException($"The server answered the TLS handshake with something else: {Quote.Of(opening)}.");
        if (_askedForCertificate)
            return CertificateMissing(error);
        if (AlertIn(error) is { } alert)
            return Refused(alert, error);
        return error is AuthenticationException
            ? new NatsTlsException($"the TLS handshake failed: {error.GetBaseException().Message}", error)
            : new NatsConnectionException($"the connection ended in the TLS handshake: {error.GetBaseException().Message}", error);
    }

    private static NatsTlsException CertificateMissing(Exception error) => new(
        "the server asks for a client certificate and none is configured. Set Tls.CertificateFile and Tls.KeyFile.", error);

    private NatsTlsException Refused(string alert, Exception error) => new(
        _showsCertificate
            ? $"the server refused the TLS handshake ({alert}). If that is about the client certificate, check that its authority is in the server's ca_file and that it has not expired."
            : $"the server refused the TLS handshake ({alert}).",
        error);

    // There is no code for it: the text comes from the system's TLS, in English from OpenSSL.
    private static string? AlertIn(Exception error)
    {
        for (Exception? e = error; e is not null; e = e.InnerException)
        {
            int at = e.Message.IndexOf("alert ", StringComparison.OrdinalIgnoreCase);
            if (at >= 0)
                return e.Message[at..].TrimEnd('.');
        }

        return null;
    }
}
