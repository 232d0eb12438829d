using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Nats.Consumer.Client.Auth;

/// <summary>
/// A point of edwards25519 in extended coordinates (RFC 8032, 5.1.4): x = X/Z, y = Y/Z, xy = T/Z.
/// </summary>
/// <remarks>
/// Constant time: the formulas hold for all pairs of points, so there are no special cases to branch on, and <see cref="MultiplyBase"/> does the same work for
/// every bit of the scalar.
/// </remarks>
internal readonly struct CurvePoint
{
    public const int Size = FieldElement.Size;

    // 2d = -2 * 121665 / 121666
    private static readonly FieldElement TwoD = Constant("2406D9DC56DFFCE7198E80F2EEF3D13000E0149A8283B156EBD69B9426B2F159");

    private static readonly CurvePoint Neutral = new(FieldElement.Zero, FieldElement.One, FieldElement.One, FieldElement.Zero);

    // B: y = 4/5, x the even root.
    private static readonly CurvePoint Base = FromAffine(
        Constant("216936D3CD6E53FEC0A4E231FDD6DC5C692CC7609525A7B2C9562D608F25D51A"),
        Constant("6666666666666666666666666666666666666666666666666666666666666658"));

    private readonly FieldElement _x;
    private readonly FieldElement _y;
    private readonly FieldElement _z;
    private readonly FieldElement _t;

    private CurvePoint(in FieldElement x, in FieldElement y, in FieldElement z, in FieldElement t) => (_x, _y, _z, _t) = (x, y, z, t);

    /// <summary>Writes the encoding of <paramref name="scalar"/> * B (RFC 8032, 5.1.2) to <paramref name="encoded"/>.</summary>
    /// <param name="scalar">32 bytes, lowest first; all 256 bits count.</param>
    /// <param name="encoded">32 bytes.</param>
    public static void MultiplyBase(ReadOnlySpan<byte> scalar, Span<byte> encoded)
    {
        Span<CurvePoint> sum = [Neutral];
        for (int i = 255; i >= 0; i--)
        {
            // The position is public; the bit found there chooses between two results that are computed in any case.
            ulong bit = (uint)(scalar[i >> 3] >> (i & 7)) & 1;
            CurvePoint doubled = sum[0].Double();
            sum[0] = Select(bit, doubled, doubled + Base);
        }

        sum[0].Encode(encoded);
        // The projective coordinates tell more of the scalar than the point does. What the JIT spilled elsewhere on the stack is out of reach.
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(sum));
    }

    public static CurvePoint operator +(in CurvePoint p, in CurvePoint q)
    {
        FieldElement a = (p._y - p._x) * (q._y - q._x);
        FieldElement b = (p._y + p._x) * (q._y + q._x);
        FieldElement c = p._t * TwoD * q._t;
        FieldElement zz = p._z * q._z;
        FieldElement d = zz + zz;
        return FromParts(b - a, d - c, d + c, b + a);
    }

    private CurvePoint Double()
    {
        FieldElement a = _x * _x;
        FieldElement b = _y * _y;
        FieldElement zz = _z * _z;
        FieldElement h = a + b;
        FieldElement xy = _x + _y;
        FieldElement g = a - b;
        return FromParts(h - (xy * xy), zz + zz + g, g, h);
    }

    private static CurvePoint FromParts(in FieldElement e, in FieldElement f, in FieldElement g, in FieldElement h) => new(e * f, g * h, f * g, e * h);

    private static CurvePoint FromAffine(in FieldElement x, in FieldElement y) => new(x, y, FieldElement.One, x * y);

    private static CurvePoint Select(ulong bit, in CurvePoint zero, in CurvePoint one) => new(
        FieldElement.Select(bit, zero._x, one._x),
        FieldElement.Select(bit, zero._y, one._y),
        FieldElement.Select(bit, zero._z, one._z),
        FieldElement.Select(bit, zero._t, one._t));

    // y, with the lowest bit of x in the place of the highest bit.
    private void Encode(Span<byte> encoded)
    {
        Span<byte> x = stackalloc byte[FieldElement.Size];
        FieldElement inverse = _z.Invert();
        (_x * inverse).WriteBytes(x);
        (_y * inverse).WriteBytes(encoded);
        encoded[^1] |= (byte)(x[0] << 7);
    }

    // Highest digit first, as such numbers are written.
    private static FieldElement Constant(string hex)
    {
        byte[] bytes = Convert.FromHexString(hex);
        Array.Reverse(bytes);
        return FieldElement.FromBytes(bytes);
    }
}
