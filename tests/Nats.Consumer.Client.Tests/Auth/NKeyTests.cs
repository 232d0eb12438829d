using System.Text;
using Nats.Consumer.Client.Auth;

namespace Nats.Consumer.Client.Tests.Auth;

public sealed class NKeyTests
{
    // The pair that the NATS documentation shows.
    private const string Seed = "SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCU3VY";
    private const string PublicKey = "UDXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF4";

    [Theory]
    [InlineData(Seed)]
    [InlineData($"  {Seed}\r\n")]
    public void Seed_OfTheDocumentation_GivesItsPublicKey(string text)
    {
        byte[] seed = new byte[32];
        NKey.DecodeUserSeed(text, seed);
        NKey.UserPublicKey(seed).ShouldBe(PublicKey);
        NKey.IsUserPublicKey(PublicKey).ShouldBeTrue();
        byte[] fromBytes = new byte[32];
        NKey.DecodeUserSeed(Encoding.ASCII.GetBytes(text), fromBytes);
        fromBytes.ShouldBe(seed);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData(" \r\n", "is empty")]
    [InlineData("SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCU3V", "has 57 characters; a seed has 58")]
    [InlineData("SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCU3VYA", "has 59 characters; a seed has 58")]
    [InlineData("SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCU3VZ", "is not base32")]
    [InlineData("SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCU3V1", "is not base32")]
    [InlineData("SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCU3Vé", "is not base32")]
    [InlineData("suacssl3uahudxkfsnvuzrf5uhpmwz6bfdtj7m6usdxiednppqyyycu3vy", "is not base32")]
    [InlineData("SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCU4VY", "has a wrong checksum")]
    [InlineData("SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYCYU3VY", "has a wrong checksum")]
    [InlineData("UUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCU3VY", "does not start with S")]
    [InlineData(PublicKey, "a public key")]
    public void Seed_ThatIsNone_IsExplainedAndNotShown(string text, string why)
    {
        FormatException e = Should.Throw<FormatException>(() => NKey.DecodeUserSeed(text, new byte[32]));
        e.Message.ShouldContain(why);
        if (text.Trim().Length > 0)
            e.ToString().ShouldNotContain(text[8..20]);
    }

    [Theory]
    [InlineData('O', "an operator (SO)")]
    [InlineData('A', "an account (SA)")]
    [InlineData('N', "a server (SN)")]
    [InlineData('C', "a cluster (SC)")]
    [InlineData('X', "a curve key (SX)")]
    [InlineData('Q', "something unknown")]
    public void Seed_OfAnotherKind_IsRefusedByName(char kind, string name)
    {
        string seed = new TestKey(kind).Seed;
        seed.ShouldStartWith($"S{kind}");
        FormatException e = Should.Throw<FormatException>(() => NKey.DecodeUserSeed(seed, new byte[32]));
        e.Message.ShouldBe($"is the seed of {name}; to connect takes a user's seed, which starts with SU");
    }

    [Fact]
    public void Seed_WithAnyOneCharacterChanged_IsRefused()
    {
        for (int i = 0; i < Seed.Length; i++)
        {
            char other = Seed[i] == 'A' ? 'B' : 'A';
            Should.Throw<FormatException>(() => NKey.DecodeUserSeed($"{Seed[..i]}{other}{Seed[(i + 1)..]}", new byte[32]), $"character {i}");
        }
    }

    [Fact]
    public void PublicKey_ThatIsNone_IsSeen()
    {
        NKey.IsUserPublicKey(Seed).ShouldBeFalse();
        NKey.IsUserPublicKey("").ShouldBeFalse();
        NKey.IsUserPublicKey($"{PublicKey[..^1]}é").ShouldBeFalse();
        NKey.IsUserPublicKey($"{PublicKey[..^2]}AA").ShouldBeFalse();
        NKey.IsUserPublicKey(new TestKey('A').PublicKey).ShouldBeFalse();
        NKey.IsUserPublicKey(new TestKey('U').PublicKey).ShouldBeTrue();
    }

    [Fact]
    public void Checksum_OfTheUsualNineDigits_IsThatOfXmodem() => NKey.Checksum("123456789"u8).ShouldBe((ushort)0x31c3);

    // RFC 4648, section 10.
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Base32_OfTheRfc_GoesBothWays(string plain, string encoded)
    {
        Base32.Encode(Encoding.ASCII.GetBytes(plain)).ShouldBe(encoded);
        byte[] decoded = new byte[Base32.DecodedLength(encoded.Length)];
        Base32.TryDecode(Encoding.ASCII.GetBytes(encoded), decoded).ShouldBeTrue();
        Encoding.ASCII.GetString(decoded).ShouldBe(plain);
    }

    [Fact]
    public void Base32_EveryByte_IsInTheAlphabetOrRefused()
    {
        byte[] decoded = new byte[5];
        for (int c = 0; c < 256; c++)
        {
            bool valid = c is >= 'A' and <= 'Z' or >= '2' and <= '7';
            Base32.TryDecode([.. "AAAAAAA"u8, (byte)c], decoded).ShouldBe(valid, $"byte {c}");
        }
    }
}
