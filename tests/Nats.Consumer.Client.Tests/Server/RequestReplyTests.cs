using System.Text;
using Nats.Consumer.Client.Tests.Support;

namespace Nats.Consumer.Client.Tests.Server;

[Trait("Category", "Server")]
public sealed class RequestReplyTests(OpenServer server) : IClassFixture<OpenServer>, IAsyncLifetime
{
    private NatsConnection _connection = null!;

    public async ValueTask InitializeAsync() => _connection = await server.ConnectAsync();

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    [Fact]
    public async Task Requests_ToAService_AreAnsweredEach()
    {
        await using NatsConnection service = await server.ConnectAsync();
        await service.SubscribeAsync("echo", new RecordingSink(message => service.PublishAsync(message.ReplyTo!, message.Payload.Span, message.Headers)));
        await service.FlushAsync().WithinDeadline();
        NatsReply[] replies = await Task.WhenAll(Enumerable.Range(0, 200).Select(i =>
            _connection.RequestAsync("echo", Encoding.ASCII.GetBytes($"{i}"), TimeSpan.FromSeconds(10), new NatsHeaders { { "N", $"{i}" } }).AsTask())).WithinDeadline();
        for (int i = 0; i < replies.Length; i++)
        {
            Encoding.ASCII.GetString(replies[i].Message.Payload.Span).ShouldBe($"{i}");
            replies[i].Message.Headers.ShouldNotBeNull()["n"].ShouldBe($"{i}");
        }
    }

    [Fact]
    public async Task Request_ThatNobodyTakes_IsToldAtOnce()
    {
        NatsReply reply = await _connection.RequestAsync("nobody.there", ""u8, TimeSpan.FromMinutes(10)).WithinDeadline();
        reply.Status.ShouldBe(NatsReplyStatus.NoResponders);
    }

    [Fact]
    public async Task Request_ThatIsTakenButNotAnswered_TimesOut()
    {
        var sink = new RecordingSink();
        await _connection.SubscribeAsync("silent", sink);
        NatsReply reply = await _connection.RequestAsync("silent", "?"u8, TimeSpan.FromMilliseconds(100)).WithinDeadline();
        reply.Status.ShouldBe(NatsReplyStatus.TimedOut);
        (await sink.NextTextAsync()).ShouldBe("?");
    }

    [Fact]
    public async Task Inbox_WithASubscription_IsARealOne()
    {
        await using NatsConnection other = await server.ConnectAsync();
        string inbox = _connection.NewInbox();
        var sink = new RecordingSink();
        await _connection.SubscribeAsync(inbox, sink);
        await _connection.FlushAsync().WithinDeadline();
        await other.PublishAsync(inbox, "found"u8);
        (await sink.NextTextAsync()).ShouldBe("found");
    }
}
