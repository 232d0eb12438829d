using System.Text;
using Nats.Consumer.Client.Tests.Support;
using Nats.Consumer.Client.Wire;

namespace Nats.Consumer.Client.Tests.Wire;

public sealed class FrameReaderTests
{
    [Theory]
    [InlineData("MSG orders 7 5\r\nhello\r\n", 7, "orders", "", "", "hello")]
    [InlineData("MSG orders 7 reply.to 5\r\nhello\r\n", 7, "orders", "reply.to", "", "hello")]
    [InlineData("MSG orders 7 0\r\n\r\n", 7, "orders", "", "", "")]
    [InlineData("MSG orders 7 reply.to 0\r\n\r\n", 7, "orders", "reply.to", "", "")]
    [InlineData("MSG o 1 1\r\nx\r\n", 1, "o", "", "", "x")]
    [InlineData("MSG 5 9223372036854775807 1\r\n\n\r\n", long.MaxValue, "5", "", "", "\n")]
    [InlineData("MSG  orders \t 7\t\treply   2\r\n\r\n\r\n", 7, "orders", "reply", "", "\r\n")]
    [InlineData("MSG\torders\t7\t2\r\nab\r\n", 7, "orders", "", "", "ab")]
    [InlineData("MSG a.b 3 12\r\nMSG a 1 0\r\n\r\r\n", 3, "a.b", "", "", "MSG a 1 0\r\n\r")]
    [InlineData("HMSG orders 7 12 17\r\nNATS/1.0\r\n\r\nhello\r\n", 7, "orders", "", "NATS/1.0\r\n\r\n", "hello")]
    [InlineData("HMSG orders 7 reply 12 17\r\nNATS/1.0\r\n\r\nhello\r\n", 7, "orders", "reply", "NATS/1.0\r\n\r\n", "hello")]
    [InlineData("HMSG orders 7 16 16\r\nNATS/1.0 503\r\n\r\n\r\n", 7, "orders", "", "NATS/1.0 503\r\n\r\n", "")]
    [InlineData("HMSG orders 7 reply 12 12\r\nNATS/1.0\r\n\r\n\r\n", 7, "orders", "reply", "NATS/1.0\r\n\r\n", "")]
    [InlineData("HMSG\torders  7\treply\t12\t12\r\nNATS/1.0\r\n\r\n\r\n", 7, "orders", "reply", "NATS/1.0\r\n\r\n", "")]
    public void Message_WellFormed_IsRead(string wire, long id, string subject, string reply, string headers, string payload) =>
        ReadOne(wire).ShouldBe(new FrameCopy(FrameKind.Message, id, subject, reply, headers, payload));

    [Theory]
    [InlineData("PING\r\n", "Ping", "")]
    [InlineData("PONG\r\n", "Pong", "")]
    [InlineData("+OK\r\n", "Ok", "")]
    [InlineData("PING\n", "Ping", "")]
    [InlineData("INFO {\"a\":1}\r\n", "Info", "{\"a\":1}")]
    [InlineData("INFO {\"a\":1} \r\n", "Info", "{\"a\":1} ")]
    [InlineData("-ERR 'Authorization Violation'\r\n", "Error", "Authorization Violation")]
    [InlineData("-ERR Stale Connection\r\n", "Error", "Stale Connection")]
    [InlineData("-ERR\r\n", "Error", "")]
    public void Line_WellFormed_IsRead(string wire, string kind, string payload) =>
        ReadOne(wire).ShouldBe(new FrameCopy(Enum.Parse<FrameKind>(kind), 0, "", "", "", payload));

    [Fact]
    public void Subject_InUtf8_IsReadAsItsBytes()
    {
        byte[] wire = Encoding.UTF8.GetBytes("MSG bestellungen.größe.注文 1 réponse 2\r\nok\r\n");
        FrameCopy frame = FrameCopy.ReadAll(wire).ShouldHaveSingleItem();
        Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(frame.Subject)).ShouldBe("bestellungen.größe.注文");
        Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(frame.ReplyTo)).ShouldBe("réponse");
    }

    [Theory]
    [InlineData(1024 * 1024)]
    [InlineData(FrameReader.MaxMessage)]
    public void Message_Large_IsReadWhole(int size)
    {
        byte[] wire = [.. Encoding.UTF8.GetBytes($"MSG big 1 {size}\r\n"), .. new byte[size], (byte)'\r', (byte)'\n'];
        Frame frame = default;
        FrameReader.TryRead(wire, ref frame, out _).ShouldBeTrue();
        frame.Payload.Length.ShouldBe(size);
        frame.Length.ShouldBe(wire.Length);
    }

    [Fact]
    public void Buffer_Empty_NeedsOneByte()
    {
        Frame frame = default;
        FrameReader.TryRead([], ref frame, out int needed).ShouldBeFalse();
        needed.ShouldBe(1);
    }

    [Fact]
    public void Message_WithoutItsPayload_SaysHowMuchItNeeds()
    {
        Frame frame = default;
        FrameReader.TryRead("MSG a 1 100\r\nabc"u8, ref frame, out int needed).ShouldBeFalse();
        needed.ShouldBe("MSG a 1 100\r\n".Length + 100 + 2);
    }

    [Fact]
    public void Line_AsLongAsAllowed_IsReadHoweverItIsCut()
    {
        byte[] wire = Encoding.UTF8.GetBytes($"INFO {new string('x', FrameReader.MaxLine - 6)}\r\n");
        FrameCopy.ReadAll(wire).ShouldHaveSingleItem();
        FrameCopy.ReadInChunks(wire, _ => 999).ShouldHaveSingleItem();
    }

    private static FrameCopy ReadOne(string wire) => FrameCopy.ReadAll(Encoding.Latin1.GetBytes(wire)).ShouldHaveSingleItem();
}
