using Nats.Consumer.Testing;

namespace Nats.Consumer.Client.Tests.Auth.Server;

[Trait("Category", "Server")]
public sealed class CredentialsLoginTests
{
    private readonly TestCredentials _known = new();
    private readonly TestKey _user = new('U');

    [Fact]
    public async Task File_OfAKnownAccount_IsAdmitted()
    {
        string jwt = _known.UserJwt(_user);
        using var file = new TemporaryFile(TestCredentials.Text(jwt, _user));
        await using var server = await NatsServerProcess.StartAsync(_known.ServerOptions);
        await using var client = new Client(server, options => options.CredentialsFile = file.Path);
        await client.ConnectAsync();
        client.ShouldNotShow(_user.Seed, jwt);
    }

    [Fact]
    public async Task File_OfAnUnknownAccount_IsRefusedWithTheAccount()
    {
        var unknown = new TestCredentials();
        string jwt = unknown.UserJwt(_user);
        using var file = new TemporaryFile(TestCredentials.Text(jwt, _user));
        await using var server = await NatsServerProcess.StartAsync(_known.ServerOptions);
        await using var client = new Client(server, options => options.CredentialsFile = file.Path);
        (await client.RefusedAsync<NatsAuthenticationException>(_user.Seed, jwt)).Message.ShouldStartWith(
            $"{server.Url} refused the credentials file '{file.Path}' ('Authorization Violation'). "
            + $"Check that the server knows the account ({unknown.AccountPublicKey}) and that the account admits the user ({_user.PublicKey})");
    }

    [Fact]
    public async Task File_WithAnExpiredJwt_IsRefusedWithTheTime()
    {
        string jwt = _known.UserJwt(_user, new DateTimeOffset(2020, 2, 3, 4, 5, 6, TimeSpan.Zero));
        using var file = new TemporaryFile(TestCredentials.Text(jwt, _user));
        await using var server = await NatsServerProcess.StartAsync(_known.ServerOptions);
        await using var client = new Client(server, options => options.CredentialsFile = file.Path);
        (await client.RefusedAsync<NatsAuthenticationException>(_user.Seed, jwt)).Message
            .ShouldEndWith("The user JWT expired at 2020-02-03 04:05:06 UTC. Get a new one.");
    }

    [Fact]
    public async Task File_ReplacedBeforeItsJwtExpires_IsReadAtTheReconnect()
    {
        using var file = new TemporaryFile(TestCredentials.Text(_known.UserJwt(_user, DateTimeOffset.UtcNow.AddSeconds(3)), _user));
        await using var server = await NatsServerProcess.StartAsync(_known.ServerOptions);
        await using var client = new Client(server, options => options.CredentialsFile = file.Path);
        await client.ConnectAsync();

        var next = new TestKey('U');
        file.Replace(TestCredentials.Text(_known.UserJwt(next), next));
        NatsConnectionEvent lost = await client.NextAsync(NatsConnectionEventKind.Disconnected);
        lost.Error!.Message.ShouldContain("User Authentication Expired");
        await client.NextAsync(NatsConnectionEventKind.Reconnected);
        client.ShouldNotShow(_user.Seed, next.Seed);
    }

    [Fact]
    public async Task File_ThatIsMissing_IsWaitedForByTheReconnectOnly()
    {
        using var file = new TemporaryFile();
        await using var server = await NatsServerProcess.StartAsync(_known.ServerOptions);
        await using var client = new Client(server, options => (options.CredentialsFile, options.MaxReconnectDelay) = (file.Path, TimeSpan.FromMilliseconds(50)));
        (await client.RefusedAsync<NatsConnectException>()).Message.ShouldStartWith($"The credentials file '{file.Path}' does not exist.");

        file.Replace(TestCredentials.Text(_known.UserJwt(_user), _user));
        await client.ConnectAsync();
        File.Delete(file.Path);
        await server.RestartAsync();
        await client.NextAsync(NatsConnectionEventKind.Disconnected);
        await client.SaysAsync("does not exist");
        file.Replace(TestCredentials.Text(_known.UserJwt(_user), _user));
        await client.NextAsync(NatsConnectionEventKind.Reconnected);
        client.ShouldNotShow(_user.Seed);
    }

    [Fact]
    public async Task Signer_WithAJwt_IsAdmitted()
    {
        await using var server = await NatsServerProcess.StartAsync(_known.ServerOptions);
        await using var client = new Client(server, options => options.Signer = NatsSigner.ForJwt(
            _ => ValueTask.FromResult(_known.UserJwt(_user)), (nonce, _) => ValueTask.FromResult(_user.Sign(nonce.Span))));
        await client.ConnectAsync();
    }
}
