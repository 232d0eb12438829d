namespace Nats.Consumer.Client.Auth;

/// <summary>Base32 of RFC 4648 without padding. No table and no branch on what is decoded, as it may be a seed.</summary>
internal static class Base32
{
    private const int BitsPerCharacter = 5;

    public static int DecodedLength(int characters) => characters * BitsPerCharacter / 8;

    /// <summary>Decodes ASCII text into exactly as many bytes as are whole.</summary>
    /// <returns>Whether all characters were of the alphabet and the bits left over were zero.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> text, Span<byte> bytes)
    {
        int invalid = 0;
        uint held = 0;
        int bits = 0;
        int written = 0;
        foreach (byte c in text)
        {
            // A comparison as a mask: the sign of a difference, spread over all bits.
            int letter = c - 'A';
            int isLetter = ~(letter >> 31) & ((letter - 26) >> 31);
            int digit = c - '2';
            int isDigit = ~(digit >> 31) & ((digit - 6) >> 31);
            invalid |= ~(isLetter | isDigit);
            held = (held << BitsPerCharacter) | (uint)((letter & isLetter) | ((digit + 26) & isDigit));
            bits += BitsPerCharacter;
            if (bits < 8)
                continue;
            bits -= 8;
            bytes[written++] = (byte)(held >> bits);
        }

        uint leftOver = held & ((1U << bits) - 1);
        return invalid == 0 && leftOver == 0;
    }

    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        Span<char> text = stackalloc char[((bytes.Length * 8) + BitsPerCharacter - 1) / BitsPerCharacter];
        for (int i = 0; i < text.Length; i++)
        {
            int bit = i * BitsPerCharacter;
            int pair = (bytes[bit / 8] << 8) | ((bit / 8) + 1 < bytes.Length ? bytes[(bit / 8) + 1] : 0);
            text[i] = Alphabet[(pair >> (16 - BitsPerCharacter - (bit % 8))) & 31];
        }

        return new string(text);
    }
}
