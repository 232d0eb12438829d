using System.Text;
using Nats.Consumer.Client.Tests.Support;

namespace Nats.Consumer.Client.Tests.Wire;

public sealed class FrameReaderCutTests
{
    private const string Short = "PING\r\nMSG a 1 0\r\n\r\nHMSG b 22 r 12 14\r\nNATS/1.0\r\n\r\nhi\r\n+OK\r\nMSG c 3 r 2\r\n\r\n\r\n";

    private static readonly string Mixed =
        "INFO {\"server_id\":\"x\",\"max_payload\":1048576}\r\n" + Short
        + "PONG\r\n-ERR 'Slow Consumer'\r\n"
        + "HMSG inbox 4 28 28\r\nNATS/1.0 408 Request Timeout" + "\r\n"
        + "MSG größe.注文 5 $JS.ACK.s.c.1.2.3.4.5 11\r\nMSG x 1 2\r\n\r\n"
        + "HMSG d 6 28 33\r\nNATS/1.0\r\nA: 1\r\nA: 2\r\nB:\r\n\r\nhello\r\n"
        + "MSG e 7 200\r\n" + new string('e', 200) + "\r\nPING\r\n";

    [Fact]
    public void Stream_CutAtEveryPosition_GivesTheSameFrames()
    {
        byte[] stream = Encoding.UTF8.GetBytes(Mixed);
        List<FrameCopy> uncut = FrameCopy.ReadAll(stream);
        uncut.Count.ShouldBe(13);
        for (int cut = 1; cut < stream.Length; cut++)
            ReadCut(stream, cut).ShouldBe(uncut, $"cut at {cut}");
    }

    [Fact]
    public void Stream_CutAtEveryPairOfPositions_GivesTheSameFrames()
    {
        byte[] stream = Encoding.UTF8.GetBytes(Short);
        List<FrameCopy> uncut = FrameCopy.ReadAll(stream);
        uncut.Count.ShouldBe(5);
        for (int first = 1; first < stream.Length - 1; first++)
        {
            for (int second = first + 1; second < stream.Length; second++)
                ReadCut(stream, first, second).SequenceEqual(uncut).ShouldBeTrue($"cut at {first} and {second}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Stream_InSmallPieces_GivesTheSameFrames(int size)
    {
        byte[] stream = Encoding.UTF8.GetBytes(Mixed);
        FrameCopy.ReadInChunks(stream, _ => size).ShouldBe(FrameCopy.ReadAll(stream));
    }

    private static List<FrameCopy> ReadCut(byte[] stream, params int[] cuts) =>
        FrameCopy.ReadInChunks(stream, arrived => cuts.FirstOrDefault(cut => cut > arrived, stream.Length) - arrived);
}
