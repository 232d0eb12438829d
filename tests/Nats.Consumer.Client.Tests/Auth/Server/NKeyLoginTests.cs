using Nats.Consumer.Testing;

namespace Nats.Consumer.Client.Tests.Auth.Server;

[Trait("Category", "Server")]
public sealed class NKeyLoginTests
{
    private readonly TestKey _user = new('U');

    [Fact]
    public async Task Seed_OfAKnownUser_IsAdmittedAgainAndAgain()
    {
        await using NatsServerProcess server = await StartAsync();
        await using var client = new Client(server, options => options.NKeySeed = _user.Seed);
        await client.ConnectAsync();
        await server.RestartAsync();
        await client.NextAsync(NatsConnectionEventKind.Reconnected);
        client.ShouldNotShow(_user.Seed);
    }

    [Fact]
    public async Task Seed_OfAnotherUser_IsRefusedWithItsPublicKey()
    {
        var stranger = new TestKey('U');
        await using NatsServerProcess server = await StartAsync();
        await using var client = new Client(server, options => options.NKeySeed = stranger.Seed);
        (await client.RefusedAsync<NatsAuthenticationException>(stranger.Seed)).Message.ShouldBe(
            $"{server.Url} refused an nkey ('Authorization Violation'). Check that the server's configuration has a user with the nkey {stranger.PublicKey}.");
    }

    [Fact]
    public async Task Signer_ThatSigns_IsAdmittedAndAskedAtEveryConnect()
    {
        int asked = 0;
        await using NatsServerProcess server = await StartAsync();
        await using var client = new Client(server, options => options.Signer = NatsSigner.ForNKey(_user.PublicKey, async (nonce, _) =>
        {
            await Task.Yield();
            Interlocked.Increment(ref asked);
            return _user.Sign(nonce.Span);
        }));
        await client.ConnectAsync();
        asked.ShouldBe(1);
        await server.RestartAsync();
        await client.NextAsync(NatsConnectionEventKind.Reconnected);
        asked.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task Signer_ThatThrows_FailsTheConnectWithItsReason()
    {
        await using NatsServerProcess server = await StartAsync();
        var reason = new InvalidOperationException("the vault is sealed");
        await using var client = new Client(server, options => options.Signer = NatsSigner.ForNKey(_user.PublicKey, (_, _) => throw reason));
        NatsConnectException e = await client.RefusedAsync<NatsConnectException>();
        e.Message.ShouldBe("The signing callback of the signer failed: the vault is sealed");
        e.InnerException.ShouldBe(reason);
    }

    [Fact]
    public async Task Signer_ThatThrowsForAWhile_IsAskedAgainByTheReconnect()
    {
        int asked = 0;
        await using NatsServerProcess server = await StartAsync();
        await using var client = new Client(server, options =>
        {
            options.MaxReconnectDelay = TimeSpan.FromMilliseconds(50);
            options.Signer = NatsSigner.ForNKey(_user.PublicKey, (nonce, _) =>
                Interlocked.Increment(ref asked) is > 1 and < 5 ? throw new InvalidOperationException("the vault is sealed") : ValueTask.FromResult(_user.Sign(nonce.Span)));
        });
        await client.ConnectAsync();
        await server.RestartAsync();
        await client.NextAsync(NatsConnectionEventKind.Reconnected);
        asked.ShouldBe(5);
    }

    [Fact]
    public async Task Signer_WithAWrongSignature_IsRefused()
    {
        await using NatsServerProcess server = await StartAsync();
        await using var client = new Client(server, options => options.Signer = NatsSigner.ForNKey(_user.PublicKey, (_, _) => ValueTask.FromResult(new byte[64])));
        (await client.RefusedAsync<NatsAuthenticationException>()).Message.ShouldStartWith($"{server.Url} refused the nkey of a signer ('Authorization Violation')");
    }

    private Task<NatsServerProcess> StartAsync() => NatsServerProcess.StartAsync(
        new() { JetStream = false, ConfigText = $"authorization: {{ users: [ {{ nkey: {_user.PublicKey} }} ] }}" });
}
