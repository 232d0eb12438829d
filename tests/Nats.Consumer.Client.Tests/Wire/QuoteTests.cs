using Nats.Consumer.Client.Wire;

namespace Nats.Consumer.Client.Tests.Wire;

public sealed class QuoteTests
{
    [Fact]
    public void Bytes_Printable_AreShownAsTheyAre() => Quote.Of("MSG a 1 x"u8).ShouldBe("'MSG a 1 x'");

    [Fact]
    public void Bytes_NotPrintable_AreEscaped() => Quote.Of([0, 13, 10, 0x1b, 0x7f, 0xe9]).ShouldBe(@"'\x00\x0d\x0a\x1b\x7f\xe9'");

    [Fact]
    public void Bytes_Many_AreCutWithTheirCount() => Quote.Of(new byte[1000]).ShouldEndWith("'… (1000 bytes)");
}
