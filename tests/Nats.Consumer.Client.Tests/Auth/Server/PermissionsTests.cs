using Nats.Consumer.Testing;

namespace Nats.Consumer.Client.Tests.Auth.Server;

[Trait("Category", "Server")]
public sealed class PermissionsTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Publish_ThatIsDenied_RaisesServerErrorAndLeavesTheConnectionOpen()
    {
        await using NatsServerProcess server = await StartAsync();
        await using Client client = await ConnectAsync(server);
        await client.Connection.PublishAsync("denied.a", "x"u8);
        NatsConnectionEvent error = await client.NextAsync(NatsConnectionEventKind.ServerError);
        error.Error.ShouldBeOfType<NatsServerException>().Message.ShouldBe("The server reports an error: 'Permissions Violation for Publish to \"denied.a\"'.");
        await ShouldBeOpenAsync(client);
    }

    [Fact]
    public async Task Subscribe_ThatIsDenied_RaisesServerErrorAndLeavesTheConnectionOpen()
    {
        await using NatsServerProcess server = await StartAsync();
        await using Client client = await ConnectAsync(server);
        await client.Connection.SubscribeAsync("denied.b", new Echo(client.Connection));
        NatsConnectionEvent error = await client.NextAsync(NatsConnectionEventKind.ServerError);
        error.Error.ShouldBeOfType<NatsServerException>().Message.ShouldContain("Permissions Violation for Subscription to \"denied.b\"");
        await ShouldBeOpenAsync(client);
    }

    [Fact]
    public async Task Request_ThatIsDenied_EndsAtOnceAndNamesTheSubject()
    {
        await using NatsServerProcess server = await StartAsync();
        await using Client client = await ConnectAsync(server, options => options.InboxPrefix = "mine.inbox");
        await client.Connection.SubscribeAsync("echo", new Echo(client.Connection));
        // Longer than the test may take: it does not end by time.
        NatsReply[] denied = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => client.Connection.RequestAsync("denied.c", "x"u8, TimeSpan.FromHours(1)).AsTask())).WaitAsync(Deadline);
        denied.ShouldAllBe(reply => reply.Status == NatsReplyStatus.NotPermitted);
        Should.Throw<NatsPermissionException>(() => denied[0].Message).Message.ShouldBe("The user of this connection may not publish to 'denied.c'. Allow it in the server's permissions.");
        (await client.Connection.RequestAsync("echo", "x"u8, Deadline)).IsOk.ShouldBeTrue();
        await ShouldBeOpenAsync(client);
    }

    [Fact]
    public async Task Request_WithAnInboxThatIsDenied_TimesOutAndTheErrorNamesTheInbox()
    {
        await using NatsServerProcess server = await StartAsync();
        await using Client client = await ConnectAsync(server);
        await client.Connection.SubscribeAsync("echo", new Echo(client.Connection));
        NatsReply reply = await client.Connection.RequestAsync("echo", "x"u8, TimeSpan.FromMilliseconds(300));
        reply.Status.ShouldBe(NatsReplyStatus.TimedOut);
        NatsConnectionEvent error = await client.NextAsync(NatsConnectionEventKind.ServerError);
        error.Error!.Message.ShouldContain("Permissions Violation for Subscription to \"_INBOX.");
        await ShouldBeOpenAsync(client);
    }

    [Fact]
    public async Task Request_WithAnInboxPrefixThatIsAllowed_IsAnswered()
    {
        await using NatsServerProcess server = await StartAsync();
        await using Client client = await ConnectAsync(server, options => options.InboxPrefix = "mine.inbox");
        await client.Connection.SubscribeAsync("echo", new Echo(client.Connection));
        NatsReply reply = await client.Connection.RequestAsync("echo", "x"u8, Deadline);
        reply.Message.Payload.ToArray().ShouldBe("x"u8.ToArray());
    }

    private static Task<NatsServerProcess> StartAsync() => NatsServerProcess.StartAsync(new()
    {
        JetStream = false,
        ConfigText = """
            authorization: { users: [ { user: me, password: secret, permissions: { publish: { deny: ["denied.>"] }, subscribe: { allow: ["mine.inbox.>", "echo"] } } } ] }
            """,
    });

    private static async Task<Client> ConnectAsync(NatsServerProcess server, Action<NatsConnectionOptions>? configure = null)
    {
        var client = new Client(server, options =>
        {
            (options.Username, options.Password) = ("me", "secret");
            configure?.Invoke(options);
        });
        await client.ConnectAsync();
        return client;
    }

    private static async Task ShouldBeOpenAsync(Client client)
    {
        await client.Connection.FlushAsync().AsTask().WaitAsync(Deadline);
        client.Connection.State.ShouldBe(NatsConnectionState.Connected);
    }

    private sealed class Echo(INatsConnection connection) : INatsMessageSink
    {
        public ValueTask OnMessageAsync(in ReceivedMessage message)
        {
            NatsMessage copy = message.ToMessage();
            return connection.PublishAsync(copy.ReplyTo!, copy.Payload.Span);
        }

        public void OnClosed(Exception? reason)
        {
        }
    }
}
