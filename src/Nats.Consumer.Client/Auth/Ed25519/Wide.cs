using System.Runtime.CompilerServices;

namespace Nats.Consumer.Client.Auth;

/// <summary>
/// A sum of products of 64-bit numbers, 128 bits wide. <see cref="UInt128"/> finds its carries with a comparison, which a compiler may turn into a branch;
/// here they are found with bit operations.
/// </summary>
internal readonly struct Wide(ulong high, ulong low)
{
    public ulong High { get; } = high;

    public ulong Low { get; } = low;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide Product(ulong left, ulong right)
    {
        ulong high = Math.BigMul(left, right, out ulong low);
        return new Wide(high, low);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide operator +(Wide left, Wide right)
    {
        ulong low = left.Low + right.Low;
        return new Wide(left.High + right.High + Carry(left.Low, right.Low, low), low);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide operator +(Wide left, ulong right)
    {
        ulong low = left.Low + right;
        return new Wide(left.High + Carry(left.Low, right, low), low);
    }

    /// <summary>The carry out of <c>sum = left + right</c>: 0 or 1.</summary>
    public static ulong Carry(ulong left, ulong right, ulong sum) => ((left & right) | ((left | right) & ~sum)) >> 63;

    /// <summary>The borrow out of <c>difference = left - right</c>: 0 or 1.</summary>
    public static ulong Borrow(ulong left, ulong right, ulong difference) => ((~left & right) | ((~left | right) & difference)) >> 63;
}
