using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Nats.Consumer.Client.Auth;

/// <summary>The answer to a server's nonce: who we are, and the signature that proves it. Never shown.</summary>
internal sealed class NonceProof
{
    private NonceProof(string? publicKey, string? jwt, string signature) => (PublicKey, Jwt, Signature) = (publicKey, jwt, signature);

    /// <summary>The user's public key; <see langword="null"/> where a JWT says it.</summary>
    public string? PublicKey { get; }

    public string? Jwt { get; }

    /// <summary>Base64url without padding.</summary>
    public string Signature { get; }

    public static NonceProof WithPublicKey(string publicKey, ReadOnlySpan<byte> signature) => new(publicKey, null, Base64Url.EncodeToString(signature));

    public static NonceProof WithJwt(string jwt, ReadOnlySpan<byte> signature) => new(null, jwt, Base64Url.EncodeToString(signature));

    public static byte[] Sign(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> nonce)
    {
        byte[] signature = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(seed, nonce, signature);
        return signature;
    }

    /// <summary>Answers the nonce with what the credentials have to sign; <see langword="null"/> where they need no signature.</summary>
    /// <exception cref="NatsAuthenticationException">The server sent no nonce.</exception>
    /// <exception cref="NatsConnectException">The credentials cannot be had now: the file, or the signer.</exception>
    public static async ValueTask<NonceProof?> CreateAsync(
        Credentials credentials, Connecting.ServerAddress server, NatsServerInfo info, NatsConnectionOptions options, CancellationToken cancellationToken)
    {
        if (!credentials.NeedNonce)
            return null;
        if (info.Nonce is not { Length: > 0 } text)
        {
            throw new NatsAuthenticationException(
                $"{server} sent no nonce to sign, so it cannot be shown {credentials}: it knows neither nkey users nor an operator. "
                + "Check that this is the right server, or remove the credentials from the options.");
        }

        byte[] nonce = Encoding.UTF8.GetBytes(text);
        try
        {
            return credentials switch
            {
                { NKeySeed: { } seed } => WithSeed(seed, nonce),
                { CredentialsFile: { } path } => await Auth.CredentialsFile.SignAsync(path, nonce, cancellationToken).ConfigureAwait(false),
                _ => await credentials.Signer!.ProveAsync(nonce, options.ConnectTimeout, options.TimeProvider, cancellationToken).ConfigureAwait(false),
            };
        }
        catch (NatsConnectException e)
        {
            e.IsAboutCredentials = true;
            throw;
        }
    }

    private static NonceProof WithSeed(string text, ReadOnlySpan<byte> nonce)
    {
        Span<byte> seed = stackalloc byte[Ed25519.SeedSize];
        try
        {
            NKey.DecodeUserSeed(text, seed);
            return WithPublicKey(NKey.UserPublicKey(seed), Sign(seed, nonce));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }
}
