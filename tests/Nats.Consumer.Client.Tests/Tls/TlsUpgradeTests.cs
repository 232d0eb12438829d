using Nats.Consumer.Client.Connecting;
using Nats.Consumer.Client.Tests.Support;
using Nats.Consumer.Testing;

namespace Nats.Consumer.Client.Tests.Tls;

[Trait("Category", "Server")]
public sealed class TlsUpgradeTests(TlsFixture tls) : IClassFixture<TlsFixture>
{
    [Theory]
    [InlineData("tls", NatsTlsMode.Auto)]
    [InlineData("nats", NatsTlsMode.Auto)]
    [InlineData("nats", NatsTlsMode.Prefer)]
    [InlineData("nats", NatsTlsMode.Require)]
    public async Task ConnectAsync_ServerRequiresTls_Upgrades(string scheme, NatsTlsMode mode)
    {
        await using NatsServerProcess server = await TlsFixture.StartServerAsync(tls.Good);
        await TlsFixture.ConnectsAsync(tls.Options(server, scheme, options => options.Mode = mode));
    }

    [Fact]
    public async Task ConnectAsync_ByAddress_ChecksTheAddress()
    {
        await using NatsServerProcess server = await TlsFixture.StartServerAsync(tls.Good);
        await TlsFixture.ConnectsAsync(tls.Options($"tls://127.0.0.1:{server.Port}"));
    }

    [Fact]
    public async Task ConnectAsync_ServerRequiresTlsAndModeIsOff_SaysSo()
    {
        await using NatsServerProcess server = await TlsFixture.StartServerAsync(tls.Good);
        NatsTlsException error = await TlsFixture.FailsAsync<NatsTlsException>(tls.Options(server, "nats", options => options.Mode = NatsTlsMode.Off));
        error.Message.ShouldContain("requires TLS");
        error.Message.ShouldContain("Tls.Mode");
    }

    [Theory]
    [InlineData("tls", NatsTlsMode.Auto)]
    [InlineData("nats", NatsTlsMode.Require)]
    public async Task ConnectAsync_ServerWithoutTls_IsNeverPlain(string scheme, NatsTlsMode mode)
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync(new() { JetStream = false });
        NatsTlsException error = await TlsFixture.FailsAsync<NatsTlsException>(tls.Options(server, scheme, options => options.Mode = mode));
        error.Message.ShouldContain("offers no TLS");
    }

    [Theory]
    [InlineData(NatsTlsMode.Auto)]
    [InlineData(NatsTlsMode.Prefer)]
    [InlineData(NatsTlsMode.Off)]
    public async Task ConnectAsync_ServerWithoutTlsAndNobodyAsks_IsPlain(NatsTlsMode mode)
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync(new() { JetStream = false });
        await TlsFixture.ConnectsAsync(tls.Options(server, "nats", options => options.Mode = mode));
    }

    // An untrusted certificate shows whether the connection is encrypted: only then does anybody look at it.
    [Theory]
    [InlineData("nats", NatsTlsMode.Auto, false)]
    [InlineData("nats", NatsTlsMode.Off, false)]
    [InlineData("nats", NatsTlsMode.Prefer, true)]
    [InlineData("nats", NatsTlsMode.Require, true)]
    [InlineData("tls", NatsTlsMode.Auto, true)]
    public async Task ConnectAsync_ServerTakesBoth_FollowsTheClient(string scheme, NatsTlsMode mode, bool encrypts)
    {
        await using NatsServerProcess server = await TlsFixture.StartServerAsync(tls.Other.Issue($"both-{scheme}-{mode}"), outside: "allow_non_tls: true");
        NatsConnectionOptions options = tls.Options(server, scheme, options => options.Mode = mode);
        if (encrypts)
            await TlsFixture.FailsAsync<NatsTlsException>(options);
        else
            await TlsFixture.ConnectsAsync(options);
    }

    [Fact]
    public async Task ConnectAsync_UserAndPassword_GoOverTls()
    {
        await using NatsServerProcess server = await TlsFixture.StartServerAsync(tls.Good, outside: "authorization { user: ann, password: \"se cret\" }");
        NatsConnectionOptions options = tls.Options(server);
        (options.Username, options.Password) = ("ann", "se cret");
        await TlsFixture.ConnectsAsync(options);
        options.Password = "wrong";
        await TlsFixture.FailsAsync<NatsAuthenticationException>(options);
    }

    [Fact]
    public async Task OpenAsync_AddressOfACluster_IsCheckedByTheNameOfItsSeed()
    {
        await using NatsServerProcess server = await TlsFixture.StartServerAsync(tls.Trusted.Issue("only-localhost", ["localhost"]));
        var announced = new ServerAddress("127.0.0.1", server.Port, default) { IsTls = true };
        NatsConnectionOptions options = tls.Options(server);
        (await Should.ThrowAsync<NatsTlsException>(() => Session.OpenAsync(announced, options, default).WithinDeadline()))
            .Message.ShouldContain("not for '127.0.0.1'");
        using Session session = await Session.OpenAsync(announced with { TlsHost = "localhost" }, options, default).WithinDeadline();
        session.Info.TlsRequired.ShouldBeTrue();
    }

    [Fact]
    public async Task ConnectAsync_OneGoodServerAfterABadOne_Connects()
    {
        await using NatsServerProcess bad = await TlsFixture.StartServerAsync(tls.Other.Issue("bad-of-two"));
        await using NatsServerProcess good = await TlsFixture.StartServerAsync(tls.Good);
        await TlsFixture.ConnectsAsync(tls.Options($"tls://localhost:{bad.Port},tls://localhost:{good.Port}"));
    }
}
