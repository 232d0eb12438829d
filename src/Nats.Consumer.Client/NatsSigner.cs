using Nats.Consumer.Client.Auth;

namespace Nats.Consumer.Client;

/// <summary>
/// Proves who the client is with a key that it does not hold: a vault, a hardware module or an agent signs what the server asks for.
/// Set it as <see cref="NatsConnectionOptions.Signer"/>.
/// </summary>
/// <remarks>
/// The callbacks run at every connect and reconnect, after the server has greeted and while it waits. Their time does not count against <see cref="NatsConnectionOptions.ConnectTimeout"/>: each has that much for
/// itself. The server has its own patience, <c>auth_timeout</c> in its configuration (2 s by default, 3 s with TLS), and closes the connection when it is over. When a callback throws or takes too long, the first
/// connect fails with a <see cref="NatsConnectException"/> that says so; a reconnect tries again.
/// </remarks>
public sealed class NatsSigner
{
    private readonly string? _publicKey;
    private readonly Func<CancellationToken, ValueTask<string>>? _jwt;
    private readonly Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask<byte[]>> _sign;

    private NatsSigner(
        string? publicKey, Func<CancellationToken, ValueTask<string>>? jwt, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask<byte[]>> sign)
    {
        ArgumentNullException.ThrowIfNull(sign);
        _publicKey = publicKey;
        _jwt = jwt;
        _sign = sign;
    }

    internal string Description => _publicKey is null ? "the JWT of a signer" : "the nkey of a signer";

    /// <summary>A user that the server knows by its public key.</summary>
    /// <param name="publicKey">The user's public key, <c>U…</c>, 56 characters.</param>
    /// <param name="sign">Signs the nonce as it is with Ed25519 (RFC 8032, not prehashed) and returns the 64 bytes of the signature.</param>
    /// <exception cref="ArgumentException"><paramref name="publicKey"/> is not the public key of a user.</exception>
    public static NatsSigner ForNKey(string publicKey, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask<byte[]>> sign)
    {
        ArgumentNullException.ThrowIfNull(publicKey);
        if (!NKey.IsUserPublicKey(publicKey))
        {
            throw new ArgumentException(
                $"This is not a user's public key, which starts with U and has {NKey.PublicKeyLength} characters; seeds (SU…) do not belong here.", nameof(publicKey));
        }

        return new NatsSigner(publicKey, null, sign);
    }

    /// <summary>A user with a JWT of an account, which may change while the client runs.</summary>
    /// <param name="jwt">Returns the user JWT. Called before <paramref name="sign"/>.</param>
    /// <param name="sign">Signs the nonce as it is with the user's key, Ed25519 (RFC 8032, not prehashed), and returns the 64 bytes of the signature.</param>
    public static NatsSigner ForJwt(
        Func<CancellationToken, ValueTask<string>> jwt, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask<byte[]>> sign)
    {
        ArgumentNullException.ThrowIfNull(jwt);
        return new NatsSigner(null, jwt, sign);
    }

    internal async ValueTask<NonceProof> ProveAsync(ReadOnlyMemory<byte> nonce, TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        string? jwt = _jwt is null ? null : (await CallAsync("JWT", _jwt, timeout, time, cancellationToken).ConfigureAwait(false))?.Trim();
        if (_jwt is not null && !UserJwt.HasForm(jwt))
            throw new NatsConnectException("The JWT callback of the signer returned no JWT. It must return the user JWT: three parts of base64url with dots between.");
        byte[] signature = await CallAsync("signing", token => _sign(nonce, token), timeout, time, cancellationToken).ConfigureAwait(false);
        if (signature?.Length != Ed25519.SignatureSize)
        {
            throw new NatsConnectException(
                $"The signing callback of the signer returned {(signature is null ? "nothing" : $"{signature.Length} bytes")}; an Ed25519 signature has {Ed25519.SignatureSize}.");
        }

        return jwt is null ? NonceProof.WithPublicKey(_publicKey!, signature) : NonceProof.WithJwt(jwt, signature);
    }

    // A callback that ignores its token must not hold the connect up.
    private static async ValueTask<T> CallAsync<T>(string name, Func<CancellationToken, ValueTask<T>> callback, TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await callback(either.Token).AsTask().WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new NatsConnectException($"The {name} callback of the signer returned nothing within {timeout.TotalSeconds:0.###} s (ConnectTimeout).", e);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new NatsConnectException($"The {name} callback of the signer failed: {e.Message}", e);
        }
    }
}
