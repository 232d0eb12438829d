using Nats.Consumer.Client.Tests.Support;
using Nats.Consumer.Testing;

namespace Nats.Consumer.Client.Tests.Server;

[Trait("Category", "Server")]
public sealed class AuthenticationTests
{
    [Fact]
    public async Task UserAndPassword_GoodAndBad_AreToldApart()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync(
            new NatsServerOptions { JetStream = false, Username = "me", Password = "s3cr@t" });
        await FlushAsync(new NatsConnectionOptions { Url = server.Url, Username = "me", Password = "s3cr@t" });
        await FlushAsync(new NatsConnectionOptions { Url = server.Url.Replace("://", "://me:s3cr%40t@", StringComparison.Ordinal) });
        (await RefusalAsync(new NatsConnectionOptions { Url = server.Url, Username = "me", Password = "wr0ng" }))
            .ShouldStartWith($"{server.Url} refused a user name and password ('Authorization Violation'). Check them");
        (await RefusalAsync(new NatsConnectionOptions { Url = server.Url, Token = "wr0ng" })).ShouldContain("refused a token");
        (await RefusalAsync(new NatsConnectionOptions { Url = server.Url })).ShouldContain("refused no credentials");
    }

    [Fact]
    public async Task Token_GoodAndBad_AreToldApart()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync(new NatsServerOptions { JetStream = false, Token = "s3cret" });
        await FlushAsync(new NatsConnectionOptions { Url = server.Url, Token = "s3cret" });
        await FlushAsync(new NatsConnectionOptions { Url = server.Url.Replace("://", "://s3cret@", StringComparison.Ordinal) });
        (await RefusalAsync(new NatsConnectionOptions { Url = server.Url, Token = "wr0ng" }))
            .ShouldStartWith($"{server.Url} refused a token ('Authorization Violation'). Check them");
    }

    private static async Task FlushAsync(NatsConnectionOptions options)
    {
        await using var connection = new NatsConnection(options);
        await connection.ConnectAsync().WithinDeadline();
        await connection.FlushAsync().WithinDeadline();
    }

    private static async Task<string> RefusalAsync(NatsConnectionOptions options)
    {
        await using var connection = new NatsConnection(options);
        NatsAuthenticationException e = await Should.ThrowAsync<NatsAuthenticationException>(connection.ConnectAsync().WithinDeadline());
        e.ToString().ShouldNotContain("wr0ng");
        return e.Message;
    }
}
