using System.Numerics;
using System.Security.Cryptography;

namespace Nats.Consumer.Client.Tests.Auth;

/// <summary>
/// Ed25519 from its definition, with big numbers: the addition law of the curve on projective points, lowest bit first. Slow and not constant-time; it shares
/// nothing with the code under test.
/// </summary>
internal static class SlowEd25519
{
    public static readonly BigInteger P = BigInteger.Pow(2, 255) - 19;
    public static readonly BigInteger L = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493");

    private static readonly BigInteger D = Mod(-121665 * Inverse(121666));
    private static readonly Point[] PowersOfBase = Powers(BasePoint());

    public static byte[] PublicKey(byte[] seed) => Encode(TimesBase(SecretScalar(SHA512.HashData(seed))));

    public static byte[] Sign(byte[] seed, byte[] message)
    {
        byte[] hash = SHA512.HashData(seed);
        BigInteger r = Number(SHA512.HashData([.. hash[32..], .. message])) % L;
        byte[] point = Encode(TimesBase(r));
        BigInteger k = Number(SHA512.HashData([.. point, .. PublicKey(seed), .. message])) % L;
        return [.. point, .. Bytes((r + (k * SecretScalar(hash))) % L)];
    }

    public static BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true);

    public static byte[] Bytes(BigInteger number)
    {
        byte[] bytes = new byte[32];
        number.TryWriteBytes(bytes, out _, isUnsigned: true).ShouldBeTrue();
        return bytes;
    }

    public static BigInteger Inverse(BigInteger number) => BigInteger.ModPow(Mod(number), P - 2, P);

    public static BigInteger Mod(BigInteger number) => ((number % P) + P) % P;

    public static byte[] TimesBaseEncoded(BigInteger scalar) => Encode(TimesBase(scalar));

    private static BigInteger SecretScalar(byte[] hash)
    {
        BigInteger low = Number(hash.AsSpan(0, 32)) % BigInteger.Pow(2, 254);
        return low - (low % 8) + BigInteger.Pow(2, 254);
    }

    private static Point BasePoint()
    {
        BigInteger y = Mod(4 * Inverse(5));
        BigInteger xx = Mod(((y * y) - 1) * Inverse((D * y * y) + 1));
        BigInteger x = BigInteger.ModPow(xx, (P + 3) / 8, P);
        if (Mod((x * x) - xx) != 0)
            x = Mod(x * BigInteger.ModPow(2, (P - 1) / 4, P));
        return new Point(x.IsEven ? x : P - x, y, 1);
    }

    private static Point[] Powers(Point point)
    {
        var powers = new Point[256];
        for (int i = 0; i < powers.Length; i++)
        {
            powers[i] = point;
            point = Add(point, point);
        }

        return powers;
    }

    private static Point TimesBase(BigInteger scalar)
    {
        var sum = new Point(0, 1, 1);
        for (int i = 0; scalar > 0; i++, scalar >>= 1)
        {
            if (!scalar.IsEven)
                sum = Add(sum, PowersOfBase[i]);
        }

        return sum;
    }

    // x = (x1 y2 + x2 y1) / (1 + d x1 x2 y1 y2), y = (y1 y2 + x1 x2) / (1 - d x1 x2 y1 y2), with the denominators kept.
    private static Point Add(Point p, Point q)
    {
        BigInteger z = Mod(p.Z * q.Z);
        BigInteger zz = z * z;
        BigInteger xx = Mod(p.X * q.X);
        BigInteger yy = Mod(p.Y * q.Y);
        BigInteger dxy = Mod(D * xx * yy);
        BigInteger plus = Mod(zz + dxy);
        BigInteger minus = Mod(zz - dxy);
        BigInteger cross = Mod((p.X * q.Y) + (q.X * p.Y));
        return new Point(Mod(z * cross * minus), Mod(z * Mod(yy + xx) * plus), Mod(plus * minus));
    }

    private static byte[] Encode(Point point)
    {
        BigInteger inverse = Inverse(point.Z);
        byte[] bytes = Bytes(Mod(point.Y * inverse));
        if (!Mod(point.X * inverse).IsEven)
            bytes[31] |= 0x80;
        return bytes;
    }

    private readonly record struct Point(BigInteger X, BigInteger Y, BigInteger Z);
}
