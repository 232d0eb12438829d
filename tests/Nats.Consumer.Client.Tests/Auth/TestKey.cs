using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Nats.Consumer.Client.Auth;

namespace Nats.Consumer.Client.Tests.Auth;

/// <summary>A new key of an operator (O), account (A) or user (U), which signs JWTs.</summary>
internal sealed class TestKey(char kind)
{
    private readonly byte[] _seed = RandomNumberGenerator.GetBytes(32);

    public string Seed => Text([(byte)((18 << 3) | (Prefix >> 5)), (byte)((Prefix & 31) << 3), .. _seed]);

    public string PublicKey
    {
        get
        {
            byte[] key = new byte[32];
            Ed25519.DerivePublicKey(_seed, key);
            return Text([(byte)Prefix, .. key]);
        }
    }

    private int Prefix => (kind - 'A') << 3;

    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        byte[] signature = new byte[64];
        Ed25519.Sign(_seed, message, signature);
        return signature;
    }

    /// <summary>Signs a JWT, version 2, of which <paramref name="subject"/> is the bearer.</summary>
    public string Issue(TestKey subject, object nats, DateTimeOffset? expiresAt = null)
    {
        string claims = JsonSerializer.Serialize(new
        {
            jti = "test",
            iat = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
            exp = expiresAt?.ToUnixTimeSeconds() ?? 0,
            iss = PublicKey,
            sub = subject.PublicKey,
            name = "test",
            nats,
        });
        string signed = $"{Encode("""{"typ":"JWT","alg":"ed25519-nkey"}""")}.{Encode(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(Sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    private static string Text(byte[] key)
    {
        ushort checksum = NKey.Checksum(key);
        return Base32.Encode([.. key, (byte)checksum, (byte)(checksum >> 8)]);
    }
}
