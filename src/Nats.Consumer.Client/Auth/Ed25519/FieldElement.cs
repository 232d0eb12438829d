using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Nats.Consumer.Client.Auth;

/// <summary>
/// A number modulo p = 2^255 - 19: five limbs of 51 bits, lowest first. Limbs may exceed 51 bits a little; every operation takes and gives limbs below 2^52.
/// </summary>
/// <remarks>Constant time: additions, multiplications, shifts and masks on 64-bit words only; no value decides a branch or an address.</remarks>
internal readonly struct FieldElement
{
    public const int Size = 32;

    public static readonly FieldElement Zero = new(0, 0, 0, 0, 0);
    public static readonly FieldElement One = new(1, 0, 0, 0, 0);

    private const int LimbBits = 51;
    private const ulong LimbMask = (1UL << LimbBits) - 1;

    // 4p limb by limb: added before a subtraction, it keeps every limb positive.
    private const ulong FourPLowest = 4 * (LimbMask - 18);
    private const ulong FourP = 4 * LimbMask;

    private readonly ulong _l0;
    private readonly ulong _l1;
    private readonly ulong _l2;
    private readonly ulong _l3;
    private readonly ulong _l4;

    private FieldElement(ulong l0, ulong l1, ulong l2, ulong l3, ulong l4) => (_l0, _l1, _l2, _l3, _l4) = (l0, l1, l2, l3, l4);

    /// <summary>Reads 32 bytes, lowest first; the highest bit is ignored.</summary>
    public static FieldElement FromBytes(ReadOnlySpan<byte> bytes)
    {
        ulong w0 = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        ulong w1 = BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]);
        ulong w2 = BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]);
        ulong w3 = BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]);
        return new FieldElement(
            w0 & LimbMask,
            ((w0 >> 51) | (w1 << 13)) & LimbMask,
            ((w1 >> 38) | (w2 << 26)) & LimbMask,
            ((w2 >> 25) | (w3 << 39)) & LimbMask,
            (w3 >> 12) & LimbMask);
    }

    /// <summary>Writes the number between 0 and p - 1 that this stands for.</summary>
    public void WriteBytes(Span<byte> bytes)
    {
        // Two rounds of carries leave a number below 2p, so p has to be taken away once or not at all. It has to be exactly when adding 19 reaches 2^255.
        FieldElement x = Carried(_l0, _l1, _l2, _l3, _l4);
        x = Carried(x._l0, x._l1, x._l2, x._l3, x._l4);
        ulong over = (x._l0 + 19) >> LimbBits;
        over = (x._l1 + over) >> LimbBits;
        over = (x._l2 + over) >> LimbBits;
        over = (x._l3 + over) >> LimbBits;
        over = (x._l4 + over) >> LimbBits;

        ulong l0 = x._l0 + (19 * over);
        ulong l1 = x._l1 + (l0 >> LimbBits);
        ulong l2 = x._l2 + (l1 >> LimbBits);
        ulong l3 = x._l3 + (l2 >> LimbBits);
        ulong l4 = (x._l4 + (l3 >> LimbBits)) & LimbMask;
        (l0, l1, l2, l3) = (l0 & LimbMask, l1 & LimbMask, l2 & LimbMask, l3 & LimbMask);

        BinaryPrimitives.WriteUInt64LittleEndian(bytes, l0 | (l1 << 51));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], (l1 >> 13) | (l2 << 38));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], (l2 >> 26) | (l3 << 25));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], (l3 >> 39) | (l4 << 12));
    }

    public static FieldElement operator +(in FieldElement a, in FieldElement b) =>
        Carried(a._l0 + b._l0, a._l1 + b._l1, a._l2 + b._l2, a._l3 + b._l3, a._l4 + b._l4);

    public static FieldElement operator -(in FieldElement a, in FieldElement b) => Carried(
        a._l0 + FourPLowest - b._l0, a._l1 + FourP - b._l1, a._l2 + FourP - b._l2, a._l3 + FourP - b._l3, a._l4 + FourP - b._l4);

    // A connect signs once, which is too little for tiered compilation to notice: the little code that does all the work is optimised from the start.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static FieldElement operator *(in FieldElement a, in FieldElement b)
    {
        // 2^255 = 19 mod p: what would be limb 5 and above comes back at the bottom, times 19.
        ulong b1x19 = 19 * b._l1;
        ulong b2x19 = 19 * b._l2;
        ulong b3x19 = 19 * b._l3;
        ulong b4x19 = 19 * b._l4;
        Wide r0 = Wide.Product(a._l0, b._l0) + Wide.Product(a._l1, b4x19) + Wide.Product(a._l2, b3x19) + Wide.Product(a._l3, b2x19) + Wide.Product(a._l4, b1x19);
        Wide r1 = Wide.Product(a._l0, b._l1) + Wide.Product(a._l1, b._l0) + Wide.Product(a._l2, b4x19) + Wide.Product(a._l3, b3x19) + Wide.Product(a._l4, b2x19);
        Wide r2 = Wide.Product(a._l0, b._l2) + Wide.Product(a._l1, b._l1) + Wide.Product(a._l2, b._l0) + Wide.Product(a._l3, b4x19) + Wide.Product(a._l4, b3x19);
        Wide r3 = Wide.Product(a._l0, b._l3) + Wide.Product(a._l1, b._l2) + Wide.Product(a._l2, b._l1) + Wide.Product(a._l3, b._l0) + Wide.Product(a._l4, b4x19);
        Wide r4 = Wide.Product(a._l0, b._l4) + Wide.Product(a._l1, b._l3) + Wide.Product(a._l2, b._l2) + Wide.Product(a._l3, b._l1) + Wide.Product(a._l4, b._l0);

        // Sums stay below 77 * 2^104, so what is carried fits in 60 bits, and out of the top limb, which has no factor 19, in 56.
        r1 += Above(r0);
        r2 += Above(r1);
        r3 += Above(r2);
        r4 += Above(r3);
        return Carried(
            (r0.Low & LimbMask) + (19 * Above(r4)), r1.Low & LimbMask, r2.Low & LimbMask, r3.Low & LimbMask, r4.Low & LimbMask);
    }

    /// <summary>1 / this, as this^(p - 2); 0 for 0. The exponent is public.</summary>
    public FieldElement Invert()
    {
        // p - 2 = 2^255 - 21: all ones but for bits 2 and 4.
        FieldElement result = One;
        for (int bit = 254; bit >= 0; bit--)
        {
            result *= result;
            if (bit is not (2 or 4))
                result *= this;
        }

        return result;
    }

    /// <summary><paramref name="one"/> when <paramref name="bit"/> is 1, <paramref name="zero"/> when it is 0.</summary>
    public static FieldElement Select(ulong bit, in FieldElement zero, in FieldElement one)
    {
        ulong mask = 0 - bit;
        return new FieldElement(
            zero._l0 ^ (mask & (zero._l0 ^ one._l0)),
            zero._l1 ^ (mask & (zero._l1 ^ one._l1)),
            zero._l2 ^ (mask & (zero._l2 ^ one._l2)),
            zero._l3 ^ (mask & (zero._l3 ^ one._l3)),
            zero._l4 ^ (mask & (zero._l4 ^ one._l4)));
    }

    private static ulong Above(Wide sum) => (sum.High << (64 - LimbBits)) | (sum.Low >> LimbBits);

    // Each limb keeps 51 bits and hands the rest to its neighbour, all at once.
    private static FieldElement Carried(ulong l0, ulong l1, ulong l2, ulong l3, ulong l4) => new(
        (l0 & LimbMask) + (19 * (l4 >> LimbBits)),
        (l1 & LimbMask) + (l0 >> LimbBits),
        (l2 & LimbMask) + (l1 >> LimbBits),
        (l3 & LimbMask) + (l2 >> LimbBits),
        (l4 & LimbMask) + (l3 >> LimbBits));
}
