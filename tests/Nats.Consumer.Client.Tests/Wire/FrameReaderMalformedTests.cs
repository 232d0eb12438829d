using System.Text;
using Nats.Consumer.Client.Tests.Support;
using Nats.Consumer.Client.Wire;

namespace Nats.Consumer.Client.Tests.Wire;

public sealed class FrameReaderMalformedTests
{
    [Theory]
    [InlineData("MSG a 1 -1\r\n")]
    [InlineData("MSG a 1 +1\r\n")]
    [InlineData("MSG a 1 -0\r\n")]
    [InlineData("MSG a -1 1\r\n")]
    [InlineData("MSG a 1 99999999999\r\n")]
    [InlineData("MSG a 1 67108865\r\n")]
    [InlineData("MSG a 1 9223372036854775808\r\n")]
    [InlineData("MSG a 99999999999999999999 1\r\n")]
    [InlineData("MSG a 1 reply 1x\r\n")]
    [InlineData("MSG a 1 0x10\r\n")]
    [InlineData("MSG a one 1\r\n")]
    [InlineData("MSG a 1\r\n")]
    [InlineData("MSG a\r\n")]
    [InlineData("MSG \r\n")]
    [InlineData("MSG\r\n")]
    [InlineData("MSGa 1 1\r\n")]
    [InlineData("MSG a 1 reply 1 1\r\n")]
    [InlineData("MSG a 1 reply 1 1 1\r\n")]
    [InlineData("HMSG a 1 12\r\n")]
    [InlineData("HMSG a 1 r 12\r\n")]
    [InlineData("HMSG a 1 13 12\r\n")]
    [InlineData("HMSG a 1 r 13 12\r\n")]
    [InlineData("HMSG a 1 -12 12\r\n")]
    [InlineData("HMSG a 1 r 12 99999999999\r\n")]
    [InlineData("HMSG a 1 r 12 12 12\r\n")]
    [InlineData("HMSG\r\n")]
    [InlineData("PINGS\r\n")]
    [InlineData("PUNG\r\n")]
    [InlineData("ping\r\n")]
    [InlineData("+KO\r\n")]
    [InlineData("INFO\r\n")]
    [InlineData("INFORMATION {}\r\n")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n")]
    [InlineData("\r\n")]
    [InlineData("\n")]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n")]
    public void Line_Malformed_IsQuoted(string wire)
    {
        NatsProtocolException e = Should.Throw<NatsProtocolException>(() => Read(wire));
        e.Message.ShouldContain($"'{wire.TrimEnd('\n').TrimEnd('\r')}'");
        e.Message.ShouldContain("NATS");
    }

    [Theory]
    [InlineData("MSG a 1 2\r\nabc\r\n")]
    [InlineData("MSG a 1 2\r\nab\n\n")]
    [InlineData("MSG a 1 2\r\nab\rx")]
    [InlineData("MSG a 1 5\r\nab\r\nPING\r\n")]
    [InlineData("HMSG a 1 12 14\r\nNATS/1.0\r\n\r\nabc\r\n")]
    public void Payload_NotEndingWhereAnnounced_IsRefused(string wire)
    {
        NatsProtocolException e = Should.Throw<NatsProtocolException>(() => Read(wire));
        e.Message.ShouldContain($"'{wire[..wire.IndexOf('\r', StringComparison.Ordinal)]}'");
        e.Message.ShouldContain("size");
    }

    [Theory]
    [InlineData("\u0016\u0003\u0001", "'\\x16\\x03\\x01'")] // the start of a TLS handshake
    [InlineData("SSH-2.0", "'SSH-2.0'")]
    [InlineData("\0", "'\\x00'")]
    public void FirstByte_OfNoCommand_IsRefusedWithoutWaitingForALine(string wire, string quote) =>
        Should.Throw<NatsProtocolException>(() => Read(wire)).Message.ShouldContain(quote);

    [Fact]
    public void Line_NeverEnding_IsRefusedAtTheLimit()
    {
        byte[] wire = Encoding.Latin1.GetBytes("INFO " + new string('x', FrameReader.MaxLine));
        Frame frame = default;
        FrameReader.TryRead(wire.AsSpan(0, FrameReader.MaxLine), ref frame, out _).ShouldBeFalse();
        NatsProtocolException e = Should.Throw<NatsProtocolException>(() => Read(wire));
        e.Message.ShouldContain("'INFO xxxx");
        e.Message.Length.ShouldBeLessThan(300);
    }

    [Fact]
    public void Line_LongerThanAllowed_IsRefusedHoweverItIsCut()
    {
        byte[] wire = Encoding.Latin1.GetBytes("INFO " + new string('x', FrameReader.MaxLine) + "\r\n");
        Should.Throw<NatsProtocolException>(() => FrameCopy.ReadAll(wire));
        Should.Throw<NatsProtocolException>(() => FrameCopy.ReadInChunks(wire, _ => 1000));
    }

    private static bool Read(string wire) => Read(Encoding.Latin1.GetBytes(wire));

    private static bool Read(byte[] wire)
    {
        Frame frame = default;
        return FrameReader.TryRead(wire, ref frame, out _);
    }
}
