using System.Text.Json;
using Nats.Consumer.Client.Tests.Support;

namespace Nats.Consumer.Client.Tests.Connecting;

public sealed class HandshakeTests
{
    [Fact]
    public async Task Connect_ToAServer_IntroducesItselfAndIsConnected()
    {
        await using var server = new FakeServer();
        await using NatsConnection connection = TestClient.Create(server, options => (options.Username, options.Password) = ("me", "pw"));
        connection.State.ShouldBe(NatsConnectionState.New);
        var events = new EventLog(connection);
        FakeClient client = await connection.OpenAsync(server);
        connection.State.ShouldBe(NatsConnectionState.Connected);
        connection.ServerInfo.ShouldNotBeNull().VersionText.ShouldBe("2.99.1");
        await events.NextAsync(NatsConnectionEventKind.Connected);

        JsonElement connect = JsonDocument.Parse(client.Connect["CONNECT ".Length..]).RootElement;
        connect.GetProperty("name").GetString().ShouldBe("test");
        connect.GetProperty("user").GetString().ShouldBe("me");
        connect.GetProperty("pass").GetString().ShouldBe("pw");
        connect.GetProperty("headers").GetBoolean().ShouldBeTrue();
        connect.GetProperty("no_responders").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Connect_CalledByMany_ConnectsOnce()
    {
        await using var server = new FakeServer();
        await using NatsConnection connection = TestClient.Create(server);
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => connection.ConnectAsync().AsTask())).WithinDeadline();
        server.Accepted.ShouldBe(1);
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.6", "'SSH-2.0-OpenSSH_9.6")]
    [InlineData("HTTP/1.1 400 Bad Request", "'HTTP/1.1 400 Bad Request'")]
    [InlineData("INFO is no json", "'is no json'")]
    public async Task Connect_ToSomethingElse_QuotesWhatItSaid(string greeting, string quote)
    {
        await using var server = new FakeServer { Greeting = greeting };
        await using NatsConnection connection = TestClient.Create(server);
        NatsConnectException e = await Should.ThrowAsync<NatsConnectException>(connection.ConnectAsync().WithinDeadline());
        e.Message.ShouldContain(quote);
        e.Message.ShouldContain(server.Url);
        connection.State.ShouldBe(NatsConnectionState.New);
    }

    [Fact]
    public async Task Connect_ToASilentServer_TimesOut()
    {
        await using var server = new FakeServer { Greeting = null };
        await using NatsConnection connection = TestClient.Create(server, options => options.ConnectTimeout = TimeSpan.FromMilliseconds(100));
        NatsConnectException e = await Should.ThrowAsync<NatsConnectException>(connection.ConnectAsync().WithinDeadline());
        e.Message.ShouldContain($"{server.Url}: no answer within 0.1 s");
    }

    [Fact]
    public async Task Connect_ToASilentServer_CanBeCancelled()
    {
        await using var server = new FakeServer { Greeting = null };
        await using NatsConnection connection = TestClient.Create(server, options => options.ConnectTimeout = TimeSpan.FromMinutes(1));
        using var cancel = new CancellationTokenSource();
        Task connecting = connection.ConnectAsync(cancel.Token).AsTask();
        await Soon.HoldsAsync(() => server.Accepted == 1, "the client has come");
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(connecting.WithinDeadline());
        connection.State.ShouldBe(NatsConnectionState.New);
    }

    [Fact]
    public async Task Connect_WithTheFirstServerAway_GoesToTheSecond()
    {
        await using var away = new FakeServer();
        away.StopListening();
        await using var server = new FakeServer();
        await using var connection = new NatsConnection(TestClient.Options($"{away.Url},{server.Url}"));
        await connection.OpenAsync(server);
        connection.State.ShouldBe(NatsConnectionState.Connected);
    }

    [Fact]
    public async Task Connect_WithAllServersAway_NamesEachWithItsReason()
    {
        await using var away = new FakeServer();
        away.StopListening();
        await using var garbage = new FakeServer { Greeting = "nonsense" };
        await using var connection = new NatsConnection(TestClient.Options($"{away.Url},{garbage.Url}"));
        NatsConnectException e = await Should.ThrowAsync<NatsConnectException>(connection.ConnectAsync().WithinDeadline());
        e.Message.ShouldContain($"{away.Url}: ");
        e.Message.ShouldContain("refused");
        e.Message.ShouldContain($"{garbage.Url}: ");
        e.Message.ShouldContain("'nonsense'");
    }

    [Fact]
    public async Task Connect_AfterAFailure_MayBeTriedAgain()
    {
        await using var server = new FakeServer();
        server.StopListening();
        await using NatsConnection connection = TestClient.Create(server);
        await Should.ThrowAsync<NatsConnectException>(connection.ConnectAsync().WithinDeadline());
        server.ListenAgain();
        await connection.OpenAsync(server);
        connection.State.ShouldBe(NatsConnectionState.Connected);
    }

    [Fact]
    public async Task Connect_RefusedForAnotherReason_ShowsTheServersText()
    {
        await using var server = new FakeServer { Refusal = "maximum connections exceeded" };
        await using NatsConnection connection = TestClient.Create(server);
        NatsConnectException e = await Should.ThrowAsync<NatsConnectException>(connection.ConnectAsync().WithinDeadline());
        e.Message.ShouldContain("'maximum connections exceeded'");
    }

    [Fact]
    public async Task Connect_AfterDispose_IsRefused()
    {
        await using var server = new FakeServer();
        NatsConnection connection = TestClient.Create(server);
        await connection.DisposeAsync();
        await Should.ThrowAsync<ObjectDisposedException>(connection.ConnectAsync().WithinDeadline());
    }
}
