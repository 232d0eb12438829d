using System.Numerics;
using Nats.Consumer.Client.Auth;

namespace Nats.Consumer.Client.Tests.Auth;

/// <summary>Against the reference: random numbers from a fixed start, and numbers at the edges of limbs and moduli.</summary>
public sealed class Ed25519ReferenceTests
{
    private readonly Random _random = new(8032);

    private static readonly BigInteger[] Edges =
    [
        0, 1, 2, 18, 19, 20, SlowEd25519.P - 1, SlowEd25519.P, SlowEd25519.P + 1, SlowEd25519.P + 18, BigInteger.Pow(2, 255) - 1,
        SlowEd25519.L - 1, SlowEd25519.L, SlowEd25519.L + 1, BigInteger.Pow(2, 252), BigInteger.Pow(2, 256) - 1,
        .. new[] { 51, 64, 102, 128, 153, 192, 204, 254 }.SelectMany(bit => new[] { BigInteger.Pow(2, bit) - 1, BigInteger.Pow(2, bit) }),
    ];

    [Fact]
    public void Signatures_OfRandomSeedsAndMessages_AreThoseOfTheReference()
    {
        for (int i = 0; i < 200; i++)
        {
            byte[] seed = RandomBytes(32);
            byte[] message = RandomBytes(i);
            byte[] key = new byte[32];
            byte[] signature = new byte[64];
            Ed25519.DerivePublicKey(seed, key);
            Ed25519.Sign(seed, message, signature);
            key.ShouldBe(SlowEd25519.PublicKey(seed));
            signature.ShouldBe(SlowEd25519.Sign(seed, message), $"seed {Convert.ToHexString(seed)}, message {Convert.ToHexString(message)}");
        }
    }

    [Fact]
    public void Multiples_OfTheBasePoint_AreThoseOfTheReference()
    {
        byte[] encoded = new byte[32];
        foreach (BigInteger scalar in Edges)
        {
            CurvePoint.MultiplyBase(SlowEd25519.Bytes(scalar), encoded);
            encoded.ShouldBe(SlowEd25519.TimesBaseEncoded(scalar), $"{scalar} B");
        }
    }

    [Fact]
    public void FieldOperations_OnEdgesAndRandomNumbers_AreThoseOfTheReference()
    {
        BigInteger[] numbers = [.. Edges.Where(edge => edge < BigInteger.Pow(2, 255)), .. Enumerable.Range(0, 60).Select(_ => SlowEd25519.Number(RandomBytes(32)) >> 1)];
        foreach (BigInteger a in numbers)
        {
            FieldElement x = FieldElement.FromBytes(SlowEd25519.Bytes(a));
            Value(x).ShouldBe(a % SlowEd25519.P, $"{a}");
            Value(x.Invert()).ShouldBe(SlowEd25519.Inverse(a), $"1 / {a}");
            foreach (BigInteger b in numbers)
            {
                FieldElement y = FieldElement.FromBytes(SlowEd25519.Bytes(b));
                Value(x + y).ShouldBe(SlowEd25519.Mod(a + b), $"{a} + {b}");
                Value(x - y).ShouldBe(SlowEd25519.Mod(a - b), $"{a} - {b}");
                Value(x * y).ShouldBe(SlowEd25519.Mod(a * b), $"{a} * {b}");
                Value(FieldElement.Select(0, x, y)).ShouldBe(SlowEd25519.Mod(a));
                Value(FieldElement.Select(1, x, y)).ShouldBe(SlowEd25519.Mod(b));
            }
        }
    }

    [Fact]
    public void FieldOperations_InAChain_StayWithinTheirLimbs()
    {
        // All ones in every limb is where sums and differences grow most.
        BigInteger number = BigInteger.Pow(2, 255) - 1;
        FieldElement x = FieldElement.FromBytes(SlowEd25519.Bytes(number));
        FieldElement element = x;
        BigInteger expected = number;
        for (int i = 0; i < 1000; i++)
        {
            element = ((element + x) * (FieldElement.Zero - element)) - x - x;
            expected = SlowEd25519.Mod(((expected + number) * -expected) - number - number);
            Value(element).ShouldBe(expected, $"round {i}");
        }
    }

    [Fact]
    public void ScalarOperations_OnEdgesAndRandomNumbers_AreThoseOfTheReference()
    {
        byte[] result = new byte[32];
        BigInteger[] numbers = [.. Edges, .. Enumerable.Range(0, 10).Select(_ => SlowEd25519.Number(RandomBytes(32)))];
        foreach (BigInteger a in numbers)
        {
            foreach (BigInteger b in _random.GetItems(numbers, 6))
            {
                BigInteger c = numbers[_random.Next(numbers.Length)];
                Scalar.MultiplyAdd(SlowEd25519.Bytes(a), SlowEd25519.Bytes(b), SlowEd25519.Bytes(c), result);
                SlowEd25519.Number(result).ShouldBe(((a * b) + c) % SlowEd25519.L, $"{a} * {b} + {c}");
                Scalar.Reduce([.. SlowEd25519.Bytes(a), .. SlowEd25519.Bytes(b)], result);
                SlowEd25519.Number(result).ShouldBe((a + (b << 256)) % SlowEd25519.L, $"{a} + 2^256 * {b}");
            }
        }
    }

    [Fact]
    public void WideSums_OfWordsAtTheEdge_CarryAndBorrow()
    {
        ulong[] words = [0, 1, 2, ulong.MaxValue / 2, (ulong.MaxValue / 2) + 1, ulong.MaxValue - 1, ulong.MaxValue];
        foreach (ulong a in words)
        {
            foreach (ulong b in words)
            {
                Wide.Carry(a, b, a + b).ShouldBe((UInt128)a + b > ulong.MaxValue ? 1UL : 0UL, $"{a} + {b}");
                Wide.Borrow(a, b, a - b).ShouldBe(a < b ? 1UL : 0UL, $"{a} - {b}");
                Wide sum = Wide.Product(a, b) + Wide.Product(b, 1) + a;
                new UInt128(sum.High, sum.Low).ShouldBe(((UInt128)a * b) + b + a);
            }
        }
    }

    private static BigInteger Value(FieldElement element)
    {
        byte[] bytes = new byte[32];
        element.WriteBytes(bytes);
        return SlowEd25519.Number(bytes);
    }

    private byte[] RandomBytes(int count)
    {
        byte[] bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }
}
