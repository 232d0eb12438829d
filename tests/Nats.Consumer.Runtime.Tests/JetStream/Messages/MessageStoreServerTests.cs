using System.Text;
using Nats.Consumer.Client;
using Nats.Consumer.Tests.Servers;

namespace Nats.Consumer.Tests.JetStream.Messages;

[Trait("Category", "Server")]
public class MessageStoreServerTests(TestServer server) : IClassFixture<TestServer>
{
    private sealed record Order(int Id);

    private readonly IJetStream _js = server.JetStream;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Get_DirectlyOrNot_IsTheSame(bool direct)
    {
        await using TestStream stream = await server.StreamAsync(configure: config => config["allow_direct"] = direct);
        await stream.PublishAsync("work.a", """{"id":7}""", new NatsHeaders { { "trace", "größe" }, { "trace", "2" } });
        await stream.PublishAsync("work.b", "");
        await stream.PublishAsync("work.a", "last");

        StoredMessage first = (await _js.GetMessageAsync(stream.Name, 1))!;
        (first.Stream, first.Sequence, first.Subject).ShouldBe((stream.Name, 1ul, "work.a"));
        first.Timestamp.ShouldBeInRange(DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddMinutes(1));
        first.Headers!.GetValues("trace").ShouldBe(["größe", "2"]);
        first.Headers!.Count.ShouldBe(2);
        first.Read<Order>().ShouldBe(new Order(7));
        StoredMessage empty = (await _js.GetMessageAsync(stream.Name, 2))!;
        (empty.Payload.Length, empty.Headers).ShouldBe((0, null));

        Encoding.UTF8.GetString((await _js.GetLastMessageAsync(stream.Name, "work.a"))!.Payload.Span).ShouldBe("last");
        (await _js.GetLastMessageAsync(stream.Name, "work.{x}"))!.Sequence.ShouldBe(3ul);
        (await _js.GetNextMessageAsync(stream.Name, "work.a", 2))!.Sequence.ShouldBe(3ul);
        (await _js.GetMessageAsync(stream.Name, 99)).ShouldBeNull();
        (await _js.GetLastMessageAsync(stream.Name, "work.z")).ShouldBeNull();
        (await _js.GetNextMessageAsync(stream.Name, "work.b", 3)).ShouldBeNull();
    }

    [Fact]
    public async Task Get_DirectNoLongerAllowed_GoesTheOtherWay()
    {
        // A server before 2.10 does not answer a direct read that is not allowed; this one must not wait long for nothing.
        await using TestStream stream = await server.StreamAsync(configure: config => config["allow_direct"] = true);
        await stream.PublishAsync("work.a");
        (await _js.GetMessageAsync(stream.Name, 1)).ShouldNotBeNull();
        await _js.UpdateStreamAsync(new StreamConfig(stream.Name) { AllowDirect = false });
        (await _js.GetMessageAsync(stream.Name, 1)).ShouldNotBeNull();
        (await _js.GetMessageAsync(stream.Name, 1)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Get_NoStream_SaysSo() => (await Should.ThrowAsync<JetStreamApiException>(_js.GetMessageAsync("none", 1))).ErrorCode.ShouldBe(10059);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Delete_Message_SaysWhetherItWasThere(bool overwrite)
    {
        await using TestStream stream = await server.StreamAsync();
        await stream.PublishAsync("work.a");
        await stream.PublishAsync("work.a");
        (await _js.DeleteMessageAsync(stream.Name, 1, overwrite)).ShouldBeTrue();
        (await _js.DeleteMessageAsync(stream.Name, 1, overwrite)).ShouldBeFalse();
        (await _js.GetMessageAsync(stream.Name, 1)).ShouldBeNull();
        (await stream.InfoAsync()).Messages.ShouldBe(1);
    }
}
