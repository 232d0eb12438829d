using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Nats.Consumer.Client.Auth;

/// <summary>
/// The text form of Ed25519 keys in NATS: base32 of a prefix that shows as the first letters, the key, and a CRC-16 (lowest byte first).
/// A seed (<c>SU…</c>) has two bytes of prefix, a public key (<c>U…</c>) one.
/// </summary>
/// <remarks>Errors say what is wrong with a seed and never quote it.</remarks>
internal static class NKey
{
    public const int SeedLength = 58;
    public const int PublicKeyLength = 56;

    private const int ChecksumSize = 2;
    private const int SeedPrefix = 18 << 3; // S
    private const int UserPrefix = 20 << 3; // U
    private const int RawSeedSize = 2 + Ed25519.SeedSize + ChecksumSize;
    private const int RawPublicKeySize = 1 + Ed25519.PublicKeySize + ChecksumSize;

    /// <summary>Decodes the seed of a user. White space around it is ignored.</summary>
    /// <param name="text">ASCII.</param>
    /// <param name="seed">Takes the 32 bytes; the caller wipes them.</param>
    /// <exception cref="FormatException">It is none; the message continues a sentence that starts with what was read.</exception>
    public static void DecodeUserSeed(ReadOnlySpan<byte> text, Span<byte> seed)
    {
        text = text.Trim(" \t\r\n"u8);
        if (text.IsEmpty)
            throw new FormatException("is empty; a user's seed starts with SU");
        if (text.Length == PublicKeyLength && text[0] != (byte)'S')
            throw new FormatException("is not a seed but, by its length, a public key; a user's seed starts with SU");
        if (text.Length != SeedLength)
            throw new FormatException($"has {text.Length} characters; a seed has {SeedLength}");

        Span<byte> raw = stackalloc byte[RawSeedSize];
        try
        {
            if (!Base32.TryDecode(text, raw))
                throw new FormatException("is not base32 (A to Z, 2 to 7)");
            if ((raw[0] & 0b1111_1000) != SeedPrefix)
                throw new FormatException("is not a seed: it does not start with S");
            if (!HasChecksum(raw))
                throw new FormatException("has a wrong checksum: a character is wrong or out of place");
            int kind = ((raw[0] & 0b111) << 5) | (raw[1] >> 3);
            if (kind != UserPrefix)
                throw new FormatException($"is the seed of {KindOf(kind)}; to connect takes a user's seed, which starts with SU");
            raw.Slice(2, Ed25519.SeedSize).CopyTo(seed);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(raw);
        }
    }

    /// <inheritdoc cref="DecodeUserSeed(ReadOnlySpan{byte}, Span{byte})"/>
    public static void DecodeUserSeed(string text, Span<byte> seed)
    {
        ReadOnlySpan<char> characters = text.AsSpan().Trim();
        Span<byte> ascii = stackalloc byte[SeedLength];
        try
        {
            if (characters.Length > SeedLength)
                throw new FormatException($"has {characters.Length} characters; a seed has {SeedLength}");
            for (int i = 0; i < characters.Length; i++)
                ascii[i] = (byte)Math.Min(characters[i], (char)0x7f); // what is not ASCII becomes what is not base32
            DecodeUserSeed(ascii[..characters.Length], seed);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(ascii);
        }
    }

    /// <summary>The public key of a user, <c>U…</c>.</summary>
    public static string UserPublicKey(ReadOnlySpan<byte> seed)
    {
        Span<byte> raw = stackalloc byte[RawPublicKeySize];
        raw[0] = UserPrefix;
        Ed25519.DerivePublicKey(seed, raw.Slice(1, Ed25519.PublicKeySize));
        BinaryPrimitives.WriteUInt16LittleEndian(raw[^ChecksumSize..], Checksum(raw[..^ChecksumSize]));
        return Base32.Encode(raw);
    }

    public static bool IsUserPublicKey(string text)
    {
        Span<byte> raw = stackalloc byte[RawPublicKeySize];
        return text.Length == PublicKeyLength && text.All(char.IsAscii) && Base32.TryDecode(System.Text.Encoding.ASCII.GetBytes(text), raw)
            && raw[0] == UserPrefix && HasChecksum(raw);
    }

    /// <summary>CRC-16 with polynomial 0x1021 and start value 0 (XMODEM), bit by bit: no table that a seed's bytes would index.</summary>
    public static ushort Checksum(ReadOnlySpan<byte> bytes)
    {
        int crc = 0;
        foreach (byte b in bytes)
        {
            crc ^= b << 8;
            for (int i = 0; i < 8; i++)
                crc = (crc << 1) ^ (0x11021 & -((crc >> 15) & 1));
        }

        return (ushort)crc;
    }

    private static bool HasChecksum(ReadOnlySpan<byte> raw) =>
        Checksum(raw[..^ChecksumSize]) == BinaryPrimitives.ReadUInt16LittleEndian(raw[^ChecksumSize..]);

    private static string KindOf(int prefix) => prefix switch
    {
        14 << 3 => "an operator (SO)",
        0 => "an account (SA)",
        13 << 3 => "a server (SN)",
        2 << 3 => "a cluster (SC)",
        23 << 3 => "a curve key (SX)",
        _ => "something unknown",
    };
}
