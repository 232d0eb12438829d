using System.Security.Cryptography;

namespace Nats.Consumer.Client.Auth;

/// <summary>
/// Ed25519 signatures (RFC 8032, 5.1), which .NET 10 does not have. Signing only: it is the server that verifies.
/// </summary>
/// <remarks>
/// The time taken depends on the length of the message and on nothing else: no secret decides a branch, an index or a loop, and only additions,
/// multiplications, shifts and bit operations touch secrets, which take the same time for all values on x64 and Arm64. Whatever is derived from the seed is
/// overwritten before a call returns; copies that the JIT keeps in registers or spills are beyond the reach of managed code.
/// </remarks>
internal static class Ed25519
{
    public const int SeedSize = 32;
    public const int PublicKeySize = CurvePoint.Size;
    public const int SignatureSize = 64;

    private const int HashSize = SHA512.HashSizeInBytes;

    /// <summary>Writes the public key that belongs to <paramref name="seed"/>.</summary>
    public static void DerivePublicKey(ReadOnlySpan<byte> seed, Span<byte> publicKey)
    {
        Span<byte> expanded = stackalloc byte[HashSize];
        try
        {
            Expand(seed, expanded);
            CurvePoint.MultiplyBase(expanded[..Scalar.Size], publicKey);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(expanded);
        }
    }

    /// <summary>Signs <paramref name="message"/>. The same seed and message always give the same signature.</summary>
    public static void Sign(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> message, Span<byte> signature)
    {
        if (signature.Length != SignatureSize)
            throw new ArgumentException($"A signature has {SignatureSize} bytes.", nameof(signature));
        Span<byte> publicKey = stackalloc byte[PublicKeySize];
        Span<byte> secrets = stackalloc byte[2 * HashSize + Scalar.Size];
        Span<byte> expanded = secrets[..HashSize];
        Span<byte> hash = secrets[HashSize..(2 * HashSize)];
        Span<byte> once = secrets[(2 * HashSize)..];
        Span<byte> challenge = stackalloc byte[Scalar.Size];
        using var sha512 = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        try
        {
            Expand(seed, expanded);
            CurvePoint.MultiplyBase(expanded[..Scalar.Size], publicKey);

            // r = H(prefix, M); R = rB
            sha512.AppendData(expanded[Scalar.Size..]);
            sha512.AppendData(message);
            sha512.GetHashAndReset(hash);
            Scalar.Reduce(hash, once);
            CurvePoint.MultiplyBase(once, signature[..CurvePoint.Size]);

            // k = H(R, A, M); S = r + ka
            sha512.AppendData(signature[..CurvePoint.Size]);
            sha512.AppendData(publicKey);
            sha512.AppendData(message);
            sha512.GetHashAndReset(hash);
            Scalar.Reduce(hash, challenge);
            Scalar.MultiplyAdd(challenge, expanded[..Scalar.Size], once, signature[CurvePoint.Size..]);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secrets);
        }
    }

    // The lower half becomes the secret scalar, a multiple of 8 between 2^254 and 2^255; the upper half the prefix that makes r unpredictable.
    private static void Expand(ReadOnlySpan<byte> seed, Span<byte> expanded)
    {
        if (seed.Length != SeedSize)
            throw new ArgumentException($"A seed has {SeedSize} bytes.", nameof(seed));
        SHA512.HashData(seed, expanded);
        expanded[0] &= 0b1111_1000;
        expanded[31] &= 0b0111_1111;
        expanded[31] |= 0b0100_0000;
    }
}
