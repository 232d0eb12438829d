using Nats.Consumer.Testing;

namespace Nats.Consumer.Client.Tests.Auth.Server;

[Trait("Category", "Server")]
public sealed class PasswordTests
{
    [Fact]
    public async Task Password_RightOrWrong_IsAdmittedOrRefused()
    {
        await using var server = await NatsServerProcess.StartAsync(new() { JetStream = false, Username = "me", Password = "p/a:s@s 1" });
        await using var options = new Client(server, options => (options.Username, options.Password) = ("me", "p/a:s@s 1"));
        await options.ConnectAsync();
        await using var url = new Client(server, options => options.Url = $"nats://me:{Uri.EscapeDataString("p/a:s@s 1")}@127.0.0.1:{server.Port}");
        await url.ConnectAsync();

        await using var wrong = new Client(server, options => (options.Username, options.Password) = ("me", "s3cret"));
        (await wrong.RefusedAsync<NatsAuthenticationException>("s3cret")).Message
            .ShouldBe($"{server.Url} refused a user name and password ('Authorization Violation'). Check them against the server's configuration.");
        await using var nothing = new Client(server, _ => { });
        (await nothing.RefusedAsync<NatsAuthenticationException>()).Message.ShouldContain("refused no credentials");
    }

    [Fact]
    public async Task Token_RightOrWrong_IsAdmittedOrRefused()
    {
        await using var server = await NatsServerProcess.StartAsync(new() { JetStream = false, Token = "t0ken" });
        await using var options = new Client(server, options => options.Token = "t0ken");
        await options.ConnectAsync();
        await using var url = new Client(server, options => options.Url = $"nats://t0ken@127.0.0.1:{server.Port}");
        await url.ConnectAsync();
        await using var wrong = new Client(server, options => options.Token = "s3cret");
        (await wrong.RefusedAsync<NatsAuthenticationException>("s3cret")).Message.ShouldContain("refused a token ('Authorization Violation')");
    }

    [Fact]
    public async Task NKey_ForAServerWithPasswords_IsExplained()
    {
        var user = new TestKey('U');
        await using var server = await NatsServerProcess.StartAsync(new() { JetStream = false, Token = "t0ken" });
        await using var client = new Client(server, options => options.NKeySeed = user.Seed);
        (await client.RefusedAsync<NatsAuthenticationException>(user.Seed)).Message.ShouldContain("sent no nonce to sign");
    }
}
