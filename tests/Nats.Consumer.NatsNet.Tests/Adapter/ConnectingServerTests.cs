using Nats.Consumer.Client;
using Nats.Consumer.NatsNet.Tests.Transports;
using Nats.Consumer.Testing;
using Nats.Consumer.Tests.Servers;
using Core = NATS.Client.Core;

namespace Nats.Consumer.NatsNet.Tests.Adapter;

/// <summary>States and events: each once, whatever NATS.Net tells.</summary>
[Trait("Category", "Server")]
public sealed class ConnectingServerTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Events_OpenBeforeOrNot_AreToldOnceEach(bool isOpen)
    {
        await using Rig rig = await Rig.StartAsync(connect: false);
        rig.Adapter.State.ShouldBe(NatsConnectionState.New);
        if (isOpen)
            await rig.NatsNet.ConnectAsync();
        await rig.Adapter.ConnectAsync();
        await rig.Adapter.ConnectAsync();
        rig.Adapter.State.ShouldBe(NatsConnectionState.Connected);
        await rig.LoseAsync();
        rig.Adapter.State.ShouldBe(NatsConnectionState.Reconnecting);
        await rig.ComeBackAsync();
        rig.Adapter.State.ShouldBe(NatsConnectionState.Connected);
        await rig.Adapter.DisposeAsync();
        rig.Kinds.ShouldBe([NatsConnectionEventKind.Connected, NatsConnectionEventKind.Disconnected, NatsConnectionEventKind.Reconnected, NatsConnectionEventKind.Closed]);
    }

    [Fact]
    public async Task Connect_NobodyThere_SaysWhereItLooked()
    {
        await using Core.NatsConnection natsNet = Connections.Create("nats://app:s3cret@127.0.0.1:1");
        await using var adapter = new NatsNetConnection(natsNet);
        NatsConnectException error = await Should.ThrowAsync<NatsConnectException>(() => adapter.ConnectAsync().AsTask());
        error.Message.ShouldContain("127.0.0.1:1");
        error.Message.ShouldNotContain("s3cret");
        adapter.State.ShouldBe(NatsConnectionState.New);
    }

    [Fact]
    public async Task Connect_Refused_IsAboutCredentials()
    {
        await using Rig rig = await Rig.StartAsync(connect: false, server: new NatsServerOptions { Username = "app", Password = "s3cret" });
        (await Should.ThrowAsync<NatsAuthenticationException>(() => rig.Adapter.ConnectAsync().AsTask())).Message.ShouldContain("authorization violation");
        rig.Kinds.ShouldBeEmpty();
    }

    [Fact]
    public async Task NatsNet_GivesUp_ClosesForGood()
    {
        await using Rig rig = await Rig.StartAsync(configure: opts => opts with { MaxReconnectRetry = 1 });
        RecordingSink sink = await rig.SubscribeAsync("a");
        await rig.Server.KillAsync();
        (await sink.Closed.WaitAsync(TimeSpan.FromSeconds(10))).ShouldBeOfType<NatsConnectionException>().Message.ShouldContain("given up");
        await Until.TrueAsync(() => rig.Kinds is [.., NatsConnectionEventKind.Closed], "the end");
        rig.Events[^1].Error!.Message.ShouldContain("given up");
        await Should.ThrowAsync<NatsConnectionException>(() => rig.Adapter.PublishAsync("a", default).AsTask());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task NatsNet_Disposed_ClosesForGood(bool isAway)
    {
        await using Rig rig = await Rig.StartAsync();
        RecordingSink sink = await rig.SubscribeAsync("a");
        if (isAway)
            await rig.LoseAsync();
        await rig.NatsNet.DisposeAsync();
        (await sink.Closed.WaitAsync(TimeSpan.FromSeconds(10))).ShouldBeOfType<NatsConnectionException>().Message.ShouldContain("disposed");
        await Until.TrueAsync(() => rig.Kinds is [.., NatsConnectionEventKind.Closed], "the end");
        rig.Adapter.State.ShouldBe(NatsConnectionState.Closed);
        await Should.ThrowAsync<NatsConnectionException>(() => rig.Adapter.PublishAsync("a", default).AsTask());
    }

    [Fact]
    public async Task Server_LameDuck_IsToldOf()
    {
        await using Rig rig = await Rig.StartAsync(server: new NatsServerOptions { ConfigText = "lame_duck_duration: \"30s\"\nlame_duck_grace_period: \"10s\"\n" });
        await rig.Server.SignalAsync(NatsServerSignal.LameDuck);
        await Until.TrueAsync(() => rig.Kinds.Contains(NatsConnectionEventKind.LameDuck), "the lame duck");
        rig.Adapter.ServerInfo!.LameDuckMode.ShouldBeTrue();
    }

    [Fact]
    public async Task Server_RefusesASubject_IsToldOf()
    {
        await using Rig rig = await Rig.StartAsync(
            server: new NatsServerOptions { ConfigText = "authorization: { users: [ { user: a, password: a, permissions: { publish: { deny: \"secret.>\" } } } ] }\n" },
            configure: opts => opts with { AuthOpts = new Core.NatsAuthOpts { Username = "a", Password = "a" } });
        await rig.Adapter.PublishAsync("secret.x", default);
        await Until.TrueAsync(() => rig.Events.Any(change => change.Error is Client.NatsServerException error && error.Message.Contains("secret.x", StringComparison.OrdinalIgnoreCase)), "the refusal");
        rig.Adapter.State.ShouldBe(NatsConnectionState.Connected);
    }
}
