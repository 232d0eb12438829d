using System.Text;
using Nats.Consumer.Client.Auth;

namespace Nats.Consumer.Client.Tests.Auth;

public sealed class CredentialsTextTests
{
    private const string Jwt = "eyJoZWFkZXIi.eyJjbGFpbXMi.c2lnbmF0dXJl";

    private static readonly TestKey User = new('U');

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    [InlineData("\n\n")]
    [InlineData("  \n\t")]
    public void Text_WithAnyLineEnds_IsRead(string lineEnd) => ShouldBeRead(TestCredentials.Text(Jwt, User).ReplaceLineEndings(lineEnd));

    [Theory]
    [InlineData("---BEGIN NATS USER JWT---", "---END NATS USER JWT---")]
    [InlineData("-----  BEGIN NATS USER JWT  -----------", "------END NATS USER JWT------")]
    public void Text_WithAnyDashes_IsRead(string begin, string end) => ShouldBeRead(
        TestCredentials.Text(Jwt, User).Replace("-----BEGIN NATS USER JWT-----", begin).Replace("------END NATS USER JWT------", end));

    [Fact]
    public void Text_WithABomAndOtherParts_IsRead() => ShouldBeRead(
        "\uFEFF# generated\n" + "-----BEGIN SOMETHING ELSE-----\nabc\n-----END SOMETHING ELSE-----\n" + TestCredentials.Text(Jwt, User));

    [Fact]
    public void Text_OfTwoUsers_IsReadAsTheFirst() => ShouldBeRead(TestCredentials.Text(Jwt, User) + TestCredentials.Text("a.b.c", new TestKey('U')));

    [Fact]
    public void Text_WithTheSeedFirst_IsRead()
    {
        string text = TestCredentials.Text(Jwt, User);
        int seedPart = text.IndexOf("-----BEGIN USER", StringComparison.Ordinal);
        ShouldBeRead($"{text[seedPart..]}\n{text[..seedPart]}");
    }

    [Theory]
    [InlineData("BEGIN NATS USER JWT", "BEGIN NATS JWT", "has no part BEGIN NATS USER JWT")]
    [InlineData("BEGIN USER NKEY SEED", "BEGIN NKEY", "has no part BEGIN USER NKEY SEED")]
    [InlineData("-----BEGIN USER", "--BEGIN USER", "has no part BEGIN USER NKEY SEED")]
    [InlineData("END NATS USER JWT", "END", "has a line BEGIN NATS USER JWT and no line END NATS USER JWT")]
    [InlineData("END USER NKEY SEED", "END", "has a line BEGIN USER NKEY SEED and no line END USER NKEY SEED")]
    [InlineData(Jwt, "", "has nothing between BEGIN NATS USER JWT and END NATS USER JWT")]
    [InlineData(Jwt, Jwt + "\n" + Jwt, "has more than one line between BEGIN NATS USER JWT")]
    [InlineData(Jwt, "abc.def", "has no JWT between")]
    [InlineData(Jwt, "a b.c.d", "has no JWT between")]
    [InlineData(Jwt, "..", "has no JWT between")]
    [InlineData(Jwt, "-----BEGIN NATS USER JWT-----\n" + Jwt, "has a line BEGIN NATS USER JWT and no line END")]
    public void Text_WithAMistake_IsExplainedAndNotShown(string what, string instead, string why) =>
        ShouldBeRefused(TestCredentials.Text(Jwt, User).Replace(what, instead), why);

    [Fact]
    public void Text_WithABadSeed_IsExplainedAndNotShown()
    {
        ShouldBeRefused(TestCredentials.Text(Jwt, User).Replace(User.Seed, User.Seed[..^1]), "has a seed that has 57 characters");
        ShouldBeRefused(TestCredentials.Text(Jwt, User).Replace(User.Seed, User.PublicKey), "has a seed that is not a seed but, by its length, a public key");
        ShouldBeRefused(TestCredentials.Text(Jwt, new TestKey('A')), "has a seed that is the seed of an account (SA)");
        ShouldBeRefused("", "has no part BEGIN NATS USER JWT");
    }

    [Fact]
    public void Text_CutAnywhere_IsRefusedOrTheSame()
    {
        string text = TestCredentials.Text(Jwt, User);
        int complete = text.IndexOf("------END USER", StringComparison.Ordinal) + "------END USER NKEY SEED---".Length;
        for (int length = 0; length < complete; length++)
            Should.Throw<FormatException>(() => CredentialsText.Parse(Encoding.UTF8.GetBytes(text[..length]), new byte[32]), $"cut at {length}");
        ShouldBeRead(text[..complete]);
    }

    private static void ShouldBeRead(string text)
    {
        byte[] seed = new byte[32];
        CredentialsText.Parse(Encoding.UTF8.GetBytes(text), seed).ShouldBe(Jwt);
        NKey.UserPublicKey(seed).ShouldBe(User.PublicKey);
    }

    private static void ShouldBeRefused(string text, string why)
    {
        FormatException e = Should.Throw<FormatException>(() => CredentialsText.Parse(Encoding.UTF8.GetBytes(text), new byte[32]));
        e.Message.ShouldStartWith(why);
        e.ToString().ShouldNotContain(User.Seed[4..12]);
        e.ToString().ShouldNotContain(Jwt[4..12]);
    }
}
