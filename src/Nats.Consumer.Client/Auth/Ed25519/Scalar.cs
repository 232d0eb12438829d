using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Nats.Consumer.Client.Auth;

/// <summary>Numbers modulo L = 2^252 + 27742317777372353535851937790883648493, the order of the base point; as bytes, lowest first.</summary>
/// <remarks>
/// Constant time: division is 512 rounds of "double, add the next bit, subtract L if it fits", and whether it fits only ever chooses a mask. It takes a few
/// microseconds, where a cleverer reduction would save them once a connect.
/// </remarks>
internal static class Scalar
{
    public const int Size = 32;

    private const int Words = 4;

    private static ReadOnlySpan<ulong> Order => [0x5812631a5cf5d3ed, 0x14def9dea2f79cd6, 0, 0x1000000000000000];

    /// <summary>Writes <paramref name="hash"/>, 64 bytes, modulo L to <paramref name="result"/>.</summary>
    public static void Reduce(ReadOnlySpan<byte> hash, Span<byte> result)
    {
        Span<ulong> dividend = stackalloc ulong[2 * Words];
        Read(hash, dividend);
        ReduceWords(dividend, result);
        Wipe(dividend);
    }

    /// <summary>Writes a * b + c modulo L to <paramref name="result"/>. All are 32 bytes, of any value.</summary>
    public static void MultiplyAdd(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> c, Span<byte> result)
    {
        Span<ulong> words = stackalloc ulong[5 * Words];
        Span<ulong> left = words[..Words];
        Span<ulong> right = words[Words..(2 * Words)];
        Span<ulong> addend = words[(2 * Words)..(3 * Words)];
        Span<ulong> sum = words[(3 * Words)..];
        Read(a, left);
        Read(b, right);
        Read(c, addend);

        // On paper: row by row, the carry of each row into the word above it. (2^256 - 1)^2 + 2^256 - 1 is less than 2^512.
        addend.CopyTo(sum);
        for (int i = 0; i < Words; i++)
        {
            ulong carry = 0;
            for (int j = 0; j < Words; j++)
            {
                Wide term = Wide.Product(left[i], right[j]) + sum[i + j] + carry;
                sum[i + j] = term.Low;
                carry = term.High;
            }

            for (int k = i + Words; k < 2 * Words; k++)
            {
                Wide term = new Wide(0, sum[k]) + carry;
                sum[k] = term.Low;
                carry = term.High;
            }
        }

        ReduceWords(sum, result);
        Wipe(words);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // see FieldElement
    private static void ReduceWords(ReadOnlySpan<ulong> dividend, Span<byte> result)
    {
        Span<ulong> words = stackalloc ulong[2 * Words];
        Span<ulong> remainder = words[..Words];
        Span<ulong> smaller = words[Words..];
        for (int i = (64 * dividend.Length) - 1; i >= 0; i--)
        {
            // The remainder is below L, which is below 2^253, so doubling it loses nothing.
            ulong bit = (dividend[i >> 6] >> (i & 63)) & 1;
            for (int j = 0; j < Words; j++)
            {
                ulong word = remainder[j];
                remainder[j] = (word << 1) | bit;
                bit = word >> 63;
            }

            ulong borrow = 0;
            for (int j = 0; j < Words; j++)
            {
                ulong once = remainder[j] - Order[j];
                smaller[j] = once - borrow;
                borrow = Wide.Borrow(remainder[j], Order[j], once) | Wide.Borrow(once, borrow, smaller[j]);
            }

            ulong keep = 0 - borrow;
            for (int j = 0; j < Words; j++)
                remainder[j] = (remainder[j] & keep) | (smaller[j] & ~keep);
        }

        for (int j = 0; j < Words; j++)
            BinaryPrimitives.WriteUInt64LittleEndian(result[(8 * j)..], remainder[j]);
        Wipe(words);
    }

    private static void Read(ReadOnlySpan<byte> bytes, Span<ulong> words)
    {
        for (int i = 0; i < words.Length; i++)
            words[i] = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(8 * i)..]);
    }

    private static void Wipe(Span<ulong> words) => CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(words));
}
