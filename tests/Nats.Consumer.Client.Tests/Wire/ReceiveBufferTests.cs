using Nats.Consumer.Client.Wire;

namespace Nats.Consumer.Client.Tests.Wire;

public sealed class ReceiveBufferTests
{
    [Fact]
    public void Buffer_OfALargeFrameAnnounced_GrowsOnlyWithWhatArrives()
    {
        var buffer = new ReceiveBuffer();
        buffer.MakeRoom(FrameReader.MaxMessage);
        Held(buffer).ShouldBe(2 * ReceiveBuffer.NormalSize);
    }

    [Fact]
    public void Buffer_FilledByALargeFrame_HoldsAllOfIt()
    {
        const int Size = 1_000_003;
        var buffer = new ReceiveBuffer();
        int arrived = 0;
        while (arrived < Size)
        {
            buffer.MakeRoom(Size);
            int count = Math.Min(buffer.Free.Length, Size - arrived);
            count.ShouldBeGreaterThan(0);
            for (int i = 0; i < count; i++)
                buffer.Free.Span[i] = (byte)((arrived + i) % 251);
            buffer.Received(count);
            arrived += count;
        }

        Held(buffer).ShouldBe(Size);
        for (int i = 0; i < Size; i++)
            if (buffer.Unread[i] != i % 251)
                Assert.Fail($"byte {i} was changed");
    }

    [Fact]
    public void Buffer_AfterALargeFrame_ShrinksAndKeepsWhatIsUnread()
    {
        var buffer = new ReceiveBuffer();
        buffer.MakeRoom(2 * ReceiveBuffer.NormalSize);
        buffer.Free.Span[..3].Fill((byte)'x');
        buffer.Received(3);
        for (int round = 0; round < 300; round++)
            buffer.MakeRoom(4);
        Held(buffer).ShouldBe(ReceiveBuffer.NormalSize);
        buffer.Unread.SequenceEqual("xxx"u8).ShouldBeTrue();
    }

    [Fact]
    public void Buffer_Full_HasRoomAfterMakeRoom()
    {
        var buffer = new ReceiveBuffer();
        buffer.Received(buffer.Free.Length);
        buffer.Free.Length.ShouldBe(0);
        buffer.MakeRoom(ReceiveBuffer.NormalSize + 1);
        buffer.Free.Length.ShouldBeGreaterThan(0);
    }

    private static int Held(ReceiveBuffer buffer) => buffer.Unread.Length + buffer.Free.Length;
}
