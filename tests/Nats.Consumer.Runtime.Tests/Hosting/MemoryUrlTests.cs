using Nats.Consumer.Hosting;

namespace Nats.Consumer.Tests.Hosting;

public class MemoryUrlTests
{
    [Theory]
    [InlineData("memory://", "memory")]
    [InlineData("memory:///", "memory")]
    [InlineData("memory://orders", "orders")]
    [InlineData(" MEMORY://a-b_C9/ ", "a-b_C9")]
    public void NameIn_MemoryUrl_IsTheName(string url, string name) => MemoryUrl.NameIn(url).ShouldBe(name);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nats://memory")]
    [InlineData("127.0.0.1:4222")]
    [InlineData("nats://a,memory://b")] // the client says what is wrong with it
    public void NameIn_OtherUrl_IsNone(string? url) => MemoryUrl.NameIn(url).ShouldBeNull();

    [Theory]
    [InlineData("memory://a.b")]
    [InlineData("memory://a,nats://b")]
    [InlineData("memory://a:4222")]
    [InlineData("memory://user@a")]
    public void NameIn_BadName_IsRefusedWithAnExample(string url) =>
        Should.Throw<ArgumentException>(() => MemoryUrl.NameIn(url)).Message.ShouldContain("as in memory://orders");
}
