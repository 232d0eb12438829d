using System.Diagnostics.CodeAnalysis;
using System.Net;
using Nats.Consumer.Handling;

namespace Nats.Consumer.Tests.Handling;

public class TokenExampleTests
{
    [Fact]
    public void Of_EachUsualType_CanBeReadAndIsOneToken()
    {
        string?[] examples =
        [
            TokenExample.Of<string>(), TokenExample.Of<char>(), TokenExample.Of<bool>(), TokenExample.Of<byte>(), TokenExample.Of<sbyte>(), TokenExample.Of<short>(), TokenExample.Of<ushort>(), TokenExample.Of<int>(),
            TokenExample.Of<uint>(), TokenExample.Of<long>(), TokenExample.Of<ulong>(), TokenExample.Of<Int128>(), TokenExample.Of<System.Numerics.BigInteger>(), TokenExample.Of<float>(), TokenExample.Of<double>(),
            TokenExample.Of<decimal>(), TokenExample.Of<Half>(), TokenExample.Of<Guid>(), TokenExample.Of<DateTime>(), TokenExample.Of<DateTimeOffset>(), TokenExample.Of<DateOnly>(), TokenExample.Of<TimeOnly>(),
            TokenExample.Of<TimeSpan>(), TokenExample.Of<IPAddress>(), TokenExample.Of<OrderId>(),
        ];
        examples.ShouldAllBe(example => example != null);
        foreach (string? example in examples)
            (Nats.Consumer.Subjects.Subject.TryValidate(example!, out _) && !example!.Contains('.')).ShouldBeTrue(example);
        (TokenExample.Of<string>(), TokenExample.Of<int>(), TokenExample.Of<OrderId>()).ShouldBe(("example", "1", "A1"));
    }

    [Fact]
    public void Of_WhatNobodyWouldGuess_IsNothing() => TokenExample.Of<Secret>().ShouldBeNull();

    private readonly record struct OrderId(string Text) : ISpanParsable<OrderId>
    {
        public static OrderId Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => TryParse(s, provider, out OrderId id) ? id : throw new FormatException();

        public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out OrderId result)
        {
            result = new OrderId(s.ToString());
            return s.Length == 2 && char.IsAsciiLetterUpper(s[0]) && char.IsAsciiDigit(s[1]);
        }

        public static OrderId Parse(string s, IFormatProvider? provider) => Parse(s.AsSpan(), provider);

        public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out OrderId result) => TryParse(s.AsSpan(), provider, out result);
    }

    private readonly record struct Secret : ISpanParsable<Secret>
    {
        public static Secret Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => throw new FormatException();

        public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out Secret result) => (result = default, false).Item2;

        public static Secret Parse(string s, IFormatProvider? provider) => throw new FormatException();

        public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Secret result) => (result = default, false).Item2;
    }
}
