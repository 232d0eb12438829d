using System.Text;
using Nats.Consumer.Client.Wire;

namespace Nats.Consumer.Client.Tests.Wire;

public sealed class WireSubjectTests
{
    [Theory]
    [InlineData("a", true)]
    [InlineData("a.b.*.>", true)]
    [InlineData("größe.注文", true)]
    [InlineData("", false)]
    [InlineData("a b", false)]
    [InlineData("a\tb", false)]
    [InlineData("a\r\nPUB x 0", false)]
    [InlineData("a\0", false)]
    [InlineData("a\u007f", false)]
    public void Subject_OnTheWire_IsSafeOrNot(string subject, bool safe)
    {
        WireSubject.IsSafe(subject).ShouldBe(safe);
        WireSubject.IsSafe(Encoding.UTF8.GetBytes(subject)).ShouldBe(safe);
    }

    [Fact]
    public void Subject_Unsafe_IsNamedInTheError()
    {
        Should.Throw<ArgumentException>(() => WireSubject.ThrowIfUnsafe("a\r\nb"u8, "reply subject")).Message.ShouldContain(@"The reply subject 'a\x0d\x0ab'");
        Should.Throw<ArgumentException>(() => WireSubject.ThrowIfUnsafe("a b", "subject")).Message.ShouldContain("The subject 'a b'");
    }
}
