using System.Security.Cryptography;

namespace Nats.Consumer.Client.Auth;

/// <summary>A <c>.creds</c> file. It is read anew for every connect, so that credentials may be replaced while the client runs.</summary>
internal static class CredentialsFile
{
    /// <summary>Signs <paramref name="nonce"/> with the seed in the file.</summary>
    /// <exception cref="NatsConnectException">The file cannot be used; the message names it and nothing that is in it.</exception>
    public static async ValueTask<NonceProof> SignAsync(string path, ReadOnlyMemory<byte> nonce, CancellationToken cancellationToken)
    {
        byte[] content = await ReadAsync(path, cancellationToken).ConfigureAwait(false);
        try
        {
            return Sign(path, content, nonce.Span);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    private static NonceProof Sign(string path, ReadOnlySpan<byte> content, ReadOnlySpan<byte> nonce)
    {
        Span<byte> seed = stackalloc byte[Ed25519.SeedSize];
        try
        {
            string jwt = CredentialsText.Parse(content, seed);
            string publicKey = NKey.UserPublicKey(seed);
            if (UserJwt.Read(jwt).Subject is { } subject && subject != publicKey)
                throw new FormatException($"has the seed of {publicKey} and the JWT of {subject}; both must be of one user");
            return NonceProof.WithJwt(jwt, NonceProof.Sign(seed, nonce));
        }
        catch (FormatException e)
        {
            throw new NatsConnectException($"The credentials file '{path}' {e.Message}. Write it anew, as with 'nsc generate creds'.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    private static async Task<byte[]> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new NatsConnectException(
                $"The credentials file '{Path.GetFullPath(path)}' does not exist. Put it there, or correct {nameof(NatsConnectionOptions)}.{nameof(NatsConnectionOptions.CredentialsFile)}.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new NatsConnectException(
                $"The credentials file '{path}' may not be read by the user of this process, or is a directory. Give the process the right to read it.", e);
        }
        catch (IOException e)
        {
            throw new NatsConnectException($"The credentials file '{path}' cannot be read: {e.Message}", e);
        }
    }
}
